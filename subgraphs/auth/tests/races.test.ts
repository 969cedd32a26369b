import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSeal } from '../src/domain/encryption/sealed-bytes.ts';
import { createPasswordHasher } from '../src/domain/passwords/password-hasher.ts';
import { checkPasswordThrottled } from '../src/domain/passwords/throttle-guesses.ts';
import { createThrottles, type Limits, throttleNames } from '../src/domain/throttling/throttles.ts';
import { logInByPassword } from '../src/resolvers/mutations/sign-in.ts';
import { type Client, createClient } from '../src/store/client.ts';
import { takeDueMails } from '../src/store/mail/mails.ts';
import { mutation, password, startAuth } from './auth.ts';
import { turnOnTwoFactor } from './two-factor.ts';

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
  const limits = Object.fromEntries(throttleNames.map((name) => [name, limit])) as Limits;
  return createThrottles(auth.db, { ...limits, attemptsPerAccount: { points: 100, seconds: 900 } });
}

it('refuses a right guess that began before ten wrong ones and ended after them', async () => {
  const deps = { db, throttles: tenInAQuarter(), passwords: createPasswordHasher(1) };
  const by = { accountId: null, name: 'somebody', address: null, sessionId: null };
  const begun = Promise.withResolvers<void>();
  const verdict = Promise.withResolvers<boolean>();
  const right = checkPasswordThrottled(deps, by, () => {
    begun.resolve();
    return verdict.promise;
  });
  await begun.promise;
  for (let i = 0; i < 10; i += 1) await checkPasswordThrottled(deps, by, async () => false);
  verdict.resolve(true);
  await expect(right).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

/** A sign-in with the right password, which is checked once `meanwhile` has happened. */
function logInWhile(identifier: string, meanwhile: () => Promise<unknown>, over: Partial<typeof db> = {}) {
  const passwords = createPasswordHasher(1);
  return logInByPassword(
    {
      db: { ...db, ...over },
      throttles: tenInAQuarter(),
      client: { ipAddress: null, userAgent: null },
      lifetimes: { idleSeconds: 60, maxSeconds: 60 },
      totpSeal: createSeal('a secret', 'tests'),
      passwords: {
        ...passwords,
        isOutdated: () => false,
        verify: async () => {
          await meanwhile();
          return true;
        },
      },
    },
    { identifier, password },
  );
}

it('opens no session to the old password that was checked before the change', async () => {
  const { input, viewer } = await auth.register();
  const change = { currentPassword: password, newPassword: 'another horse battery' };
  const signIn = logInWhile(input.email, async () =>
    dataOf(await auth.as(viewer).execute(mutation('changePassword', 'account { id }'), { input: change })),
  );
  await expect(signIn).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('opens no session with the role of before to a sign-in that began before it was taken', async () => {
  const { input, account } = await auth.register();
  await auth.db.query("UPDATE account SET role = 'MODERATOR' WHERE id = $1", [account.id]);
  const signedIn = await logInWhile(input.email, () =>
    auth.db.query("UPDATE account SET role = 'MEMBER' WHERE id = $1", [account.id]),
  );
  expect(signedIn.account.role).toBe('MEMBER');
});

it('opens no session to a sign-in that began before the suspension', async () => {
  const { input, account } = await auth.register();
  const signIn = logInWhile(input.email, () =>
    auth.db.query("UPDATE account SET suspended_at = now(), suspended_reason = 'spam' WHERE id = $1", [
      account.id,
    ]),
  );
  await expect(signIn).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('opens no session without a code to a sign-in that began before two-factor authentication was on', async () => {
  const { input, viewer } = await auth.register();
  const signIn = logInWhile(input.email, () => turnOnTwoFactor(auth, viewer));
  await expect(signIn).rejects.toMatchObject({ code: 'TWO_FACTOR_REQUIRED' });
});

it('opens none either when it has found them off already', async () => {
  const { input, account } = await auth.register();
  // Somebody who was away, so that the sign-in has more to do than to open a session.
  await auth.db.query('UPDATE account SET deactivated_at = now() WHERE id = $1', [account.id]);
  const signIn = logInWhile(input.email, async () => undefined, {
    transaction: async (work) => {
      await auth.db.query(
        "INSERT INTO two_factor (account_id, sealed_secret, confirmed_at) VALUES ($1, 'x', now())",
        [account.id],
      );
      return db.transaction(work);
    },
  });
  await expect(signIn).rejects.toMatchObject({ code: 'TWO_FACTOR_REQUIRED' });
  const { rows } = await auth.db.query('SELECT deactivated_at FROM account WHERE id = $1', [account.id]);
  expect(rows[0].deactivated_at).not.toBeNull();
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
