import { expect, it } from 'vitest';
import { createPasswordHasher } from './password-hasher.ts';

const passwords = createPasswordHasher(2);

it('hashes with argon2id at the floor that OWASP names', async () => {
  expect(await passwords.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it('tells the password from another', async () => {
  const phc = await passwords.hash('correct horse');
  expect(await passwords.verify(phc, 'correct horse')).toBe(true);
  expect(await passwords.verify(phc, 'correct house')).toBe(false);
});

it('works as hard without a hash, and says no', async () => {
  const phc = await passwords.hash('correct horse');
  const cpu = async (work: () => Promise<unknown>) => {
    await work();
    const before = process.cpuUsage();
    for (let i = 0; i < 5; i += 1) await work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const known = await cpu(() => passwords.verify(phc, 'wrong'));
  const unknown = await cpu(() => passwords.verify(null, 'wrong'));
  expect(await passwords.verify(null, 'wrong')).toBe(false);
  // Without a dummy it would be nothing at all.
  expect(unknown).toBeGreaterThan(known / 3);
});
