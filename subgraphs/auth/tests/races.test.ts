import { createDatabase, type Database } from '@socialhub/platform/database';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guessPassword } from '../src/domain/guess-password.ts';
import { logIn } from '../src/domain/log-in.ts';
import { createPasswordHasher } from '../src/domain/password-hasher.ts';
import { createSeal } from '../src/domain/sealed-bytes.ts';
import { createThrottles, type Limits, throttleNames } from '../src/domain/throttles.ts';
import { type Client, createClient } from '../src/store/client.ts';
import { takeDueMails } from '../src/store/mails.ts';
import { password, startAuth } from './auth.ts';
import { turnOnTwoFactors } from './two-factor.ts';

const log = createLogger({ service: 'auth', level: 'silent' });

let auth: Awaited<ReturnType<typeof startAuth>>;
let db: Database<Client>;
beforeAll(async () => {
  auth = await startAuth();
  db = createDatabase(auth.config.DATABASE_URL, createClient, log);
});
afterAll(async () => {
  await db.close();
  await auth.stop();
});

function tenInAQuarter() {
  const limit = { points: 10, seconds: 900 };
  const throttles = createThrottles(Object.fromEntries(throttleNames.map((name) => [name, limit])) as Limits);
  throttles.open(auth.db);
  return throttles;
}

it('refuses a right guess that began before ten wrong ones and ended after them', async () => {
  const throttles = tenInAQuarter();
  const by = { account: 'somebody', address: null };
  const begun = Promise.withResolvers<void>();
  const verdict = Promise.withResolvers<boolean>();
  const right = guessPassword(throttles, by, () => {
    begun.resolve();
    return verdict.promise;
  });
  await begun.promise;
  for (let i = 0; i < 10; i += 1) await guessPassword(throttles, by, async () => false);
  verdict.resolve(true);
  await expect(right).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

it('opens no session to the old password that was checked before the change', async () => {
  const { input, viewer } = await auth.register();
  const begun = Promise.withResolvers<void>();
  const verdict = Promise.withResolvers<boolean>();
  const signIn = logIn(
    {
      db,
      throttles: tenInAQuarter(),
      client: { ipAddress: null, userAgent: null },
      lifetimes: { idleSeconds: 60, maxSeconds: 60 },
      totpSeal: createSeal('a secret', 'tests'),
      passwords: {
        hash: async () => '',
        derive: async () => new Uint8Array(),
        isOutdated: () => false,
        verify: () => {
          begun.resolve();
          return verdict.promise;
        },
      },
    },
    { identifier: input.email, password },
  );
  await begun.promise;
  const change = `mutation ($current: String!) {
    changePassword(currentPassword: $current, newPassword: "another horse battery") { account { id } } }`;
  dataOf(await auth.as(viewer).execute(change, { current: password }));
  verdict.resolve(true);
  await expect(signIn).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('opens no session without a code to a sign-in that began before two factors were on', async () => {
  const { input, viewer } = await auth.register();
  const passwords = createPasswordHasher(1);
  const signIn = logIn(
    {
      // Turned on once the sign-in has found it off.
      db: {
        ...db,
        transaction: async (work) => {
          await turnOnTwoFactors(auth, viewer);
          return db.transaction(work);
        },
      },
      throttles: tenInAQuarter(),
      client: { ipAddress: null, userAgent: null },
      lifetimes: { idleSeconds: 60, maxSeconds: 60 },
      totpSeal: createSeal('a secret', 'tests'),
      passwords,
    },
    { identifier: input.email, password },
  );
  await expect(signIn).rejects.toMatchObject({ code: 'TWO_FACTOR_REQUIRED' });
});

it('gives a mail to one of those who take at once', async () => {
  // Without a service, whose queue would take it first.
  const database = await cloneDatabase('auth');
  const quiet = createDatabase(database.url, createClient, log);
  try {
    await quiet.pool.query(
      "INSERT INTO mail (kind, recipient, expires_at) VALUES ('RESET_PASSWORD', 'a@example.com', now() + interval '1 hour')",
    );
    const taken = Promise.withResolvers<number>();
    const end = Promise.withResolvers<void>();
    const first = quiet.transaction(async (tx) => {
      taken.resolve((await takeDueMails(tx, 5, 60)).length);
      await end.promise;
    });
    expect(await taken.promise).toBe(1);
    const second = takeDueMails(quiet.prisma, 5, 60);
    // Only a taker that waits for the first one's lock could still take it.
    const soon = await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 2_000, 'waits'))]);
    end.resolve();
    await first;
    await second;
    expect(soon).toEqual([]);
  } finally {
    await quiet.close();
    await database.drop();
  }
});
