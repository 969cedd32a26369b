import { expect, it } from 'vitest';
import { createPasswordHasher } from './password-hasher.ts';

const passwords = createPasswordHasher(2);

it('hashes with argon2id at the floor that OWASP names', async () => {
  expect(await passwords.hash('correct horse', null)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it('tells the password from another', async () => {
  const phc = await passwords.hash('correct horse', null);
  expect(await passwords.verify(phc, 'correct horse', null)).toBe(true);
  expect(await passwords.verify(phc, 'correct house', null)).toBe(false);
});

it('works as hard without a hash, and says no', async () => {
  const phc = await passwords.hash('correct horse', null);
  const cpu = async (work: () => Promise<unknown>) => {
    await work();
    const before = process.cpuUsage();
    for (let i = 0; i < 5; i += 1) await work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const known = await cpu(() => passwords.verify(phc, 'wrong', null));
  const unknown = await cpu(() => passwords.verify(null, 'wrong', null));
  expect(await passwords.verify(null, 'wrong', null)).toBe(false);
  // Without a dummy it would be nothing at all.
  expect(unknown).toBeGreaterThan(known / 3);
});

it('lets two of one account hash at once, a few wait, and others take their turns', async () => {
  const one = await Promise.allSettled(
    Array.from({ length: 400 }, () =>
      passwords.inTurn('ada', () => passwords.verify(null, 'x', '192.0.2.1')),
    ),
  );
  const [done, refused] = [true, false].map((is) => one.filter((it) => (it.status === 'fulfilled') === is));
  expect(done).toHaveLength(10);
  for (const it of refused ?? [])
    expect(it).toMatchObject({ reason: { code: 'RATE_LIMITED', extensions: { retryAfter: 4 } } });
});

it('lets addresses take turns, so that whoever asks once does not wait behind whoever asks often', async () => {
  const ended: string[] = [];
  const at = async (address: string) => {
    await passwords.verify(null, 'x', address);
    ended.push(address);
  };
  const often = Array.from({ length: 60 }, () => at('192.0.2.1'));
  const once = at('198.51.100.1');
  await Promise.all([...often, once]);
  // Third in turn; where one of the two threads is not run for a while, the other goes on. Without turns it would be the last.
  expect(ended.indexOf('198.51.100.1')).toBeLessThan(30);
});
