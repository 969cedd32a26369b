import { createDatabase } from '@socialhub/platform/database/database';
import { createLogger } from '@socialhub/platform/log';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findAccount, findAccountToSignIn } from '../../src/store/accounts/accounts.ts';
import { createClient } from '../../src/store/client.ts';
import { account, newcomer, password, sessionsOf, startAuth, viewerOf } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const logIn = (identifier: string, secret?: string) => auth.logIn(identifier, secret);

it('takes the email address or the username, in any case', async () => {
  const { input, account } = await auth.register();
  for (const identifier of [
    input.email,
    input.username,
    ` ${input.email.toUpperCase()} `,
    input.username.toUpperCase(),
  ]) {
    const signedIn = dataOf(await logIn(identifier)).logIn;
    expect(signedIn.account.id).toBe(gid('Account', account.id));
    expect(signedIn.user).toEqual({ id: gid('User', account.id) });
  }
});

it('reads the whole account, as everybody else does', async () => {
  const { input, account } = await auth.register();
  await auth.db.query(
    `UPDATE account SET email_verified_at = now(), suspended_at = now(), suspended_reason = 'spam',
       deactivated_at = now(), delete_after = now(), deleted_at = now(), role = 'ADMIN' WHERE id = $1`,
    [account.id],
  );
  const log = createLogger({ service: 'auth', level: 'silent' });
  const db = createDatabase(auth.config.DATABASE_URL, createClient, log);
  try {
    const whole = await findAccount(db.prisma, account.id);
    expect(Object.values(whole ?? {})).not.toContain(null);
    expect(await findAccountToSignIn(db.pool, 'email', input.email)).toEqual(whole);
    expect(await findAccountToSignIn(db.pool, 'username', input.username)).toEqual(whole);
    expect(await findAccountToSignIn(db.pool, 'username', input.email)).toBeNull();
  } finally {
    await db.close();
  }
});

it('opens a session of its own each time and marks the current one', async () => {
  const { input, viewer } = await auth.register();
  const second = dataOf(await logIn(input.username)).logIn;
  const sessions = sessionsOf(second.account);
  expect(sessions).toHaveLength(2);
  expect(sessions.flatMap(({ id, current }) => (current ? [id] : []))).toEqual([
    viewerOf(second.tokens.accessToken).sessionId,
  ]);
  const seenByFirst = sessionsOf(dataOf(await auth.as(viewer).execute(`{ ${account} }`)).account);
  expect(seenByFirst.find(({ current }) => current)?.id).toBe(viewer.sessionId);
});

it('gives one answer for an unknown account and a wrong password', async () => {
  const { input } = await auth.register();
  const wrong = await logIn(input.email, 'not the password');
  expectError(wrong, 'UNAUTHENTICATED');
  expect(wrong.errors?.[0]?.message).toBe('wrong identifier or password');
  const others = await Promise.all([
    logIn('nobody@example.com'),
    logIn('nobody_at_all'),
    logIn('no such @ thing'),
    logIn('~!'),
    logIn(''),
    logIn(input.email, ''),
    logIn(input.email, 'x'.repeat(5_000)),
    logIn(input.email, `${password}\ud83d`),
    logIn(input.username, password.toUpperCase()),
  ]);
  for (const answer of others) expect(answer).toEqual(wrong);
});

it('takes a password that another keyboard spells otherwise', async () => {
  const { input } = await auth.register({ ...newcomer(), password: 'cafe\u0301 noir' });
  dataOf(await logIn(input.username, 'caf\u00e9 noir'));
});

it('lets two hundred people sign in at once, in the memory of as many hashes as are made at once', {
  timeout: 120_000,
}, async () => {
  const { input } = await auth.register();
  await auth.db.query(
    `INSERT INTO account (id, username, email, password_hash)
     SELECT gen_random_uuid(), 'crowd_' || n, 'crowd' || n || '@example.com', password_hash
     FROM account, generate_series(1, 200) AS n WHERE username = $1`,
    [input.username],
  );
  const mebibytes = () => process.memoryUsage.rss() / 2 ** 20;
  const before = mebibytes();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, mebibytes());
  }, 5);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => logIn(`crowd_${n + 1}`)));
  clearInterval(watch);
  for (const answer of answers) dataOf(answer);
  // 200 hashes at once would take 3,800 MiB.
  const { PASSWORD_HASHES_AT_ONCE: atOnce } = auth.config;
  expect(most - before).toBeLessThan(atOnce * 19 + 400);
});

it('logs out of this session alone, once, and tells the gateways', async () => {
  const { input, viewer, tokens } = await auth.register();
  const other = dataOf(await logIn(input.username)).logIn;
  const logOut = 'mutation { logOut { ended } }';
  expect(dataOf(await auth.as(viewer).execute(logOut))).toEqual({ logOut: { ended: true } });
  expect(dataOf(await auth.as(viewer).execute(logOut))).toEqual({ logOut: { ended: false } });
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
  dataOf(await auth.refresh(other.tokens.refreshToken));
  const seen = await auth.as(viewerOf(other.tokens.accessToken)).execute(`{ ${account} }`);
  expect(sessionsOf(dataOf(seen).account)).toMatchObject([{ current: true }]);
  await auth.settle();
  await until(() => auth.revoked.length > 0);
  expect(auth.revoked).toEqual([{ sessionId: viewer.sessionId }]);
});

it('ends no session of somebody else', async () => {
  const [mine, theirs] = [await auth.register(), await auth.register()];
  const forged = { ...mine.viewer, sessionId: theirs.viewer.sessionId };
  dataOf(await auth.as(forged).execute('mutation { logOut { ended } }'));
  dataOf(await auth.refresh(theirs.tokens.refreshToken));
});

it('lets nobody log out who is not in', async () => {
  expectError(await auth.as(null).execute('mutation { logOut { ended } }'), 'UNAUTHENTICATED');
});
