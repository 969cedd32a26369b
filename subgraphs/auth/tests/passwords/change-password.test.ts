import { hash } from '@node-rs/argon2';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, mutation, newcomer, password, registerMutation, sessionsOf, startAuth } from '../auth.ts';
import { turnOnTwoFactor } from '../two-factor.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth({}, { passwords: 'real' });
});
afterAll(() => auth.stop());

const another = 'another horse battery';
const change = (viewer: Viewer | null, currentPassword = password, newPassword = another) =>
  auth.as(viewer).execute(mutation('changePassword', account), { input: { currentPassword, newPassword } });
const hashOf = async (id: string): Promise<string> =>
  (await auth.db.query('SELECT password_hash FROM account WHERE id = $1', [id])).rows[0].password_hash;

it('changes the password, ends every other session and tells the gateways', async () => {
  const { input, viewer, tokens } = await auth.register();
  const others = [dataOf(await auth.logIn(input.email)).logIn, dataOf(await auth.logIn(input.email)).logIn];
  expect(sessionsOf(dataOf(await change(viewer)).changePassword.account)).toMatchObject([
    { id: viewer.sessionId, current: true },
  ]);
  dataOf(await auth.refresh(tokens.refreshToken));
  for (const other of others) expectError(await auth.refresh(other.tokens.refreshToken), 'UNAUTHENTICATED');
  expectError(await auth.logIn(input.email), 'UNAUTHENTICATED');
  dataOf(await auth.logIn(input.email, another));
  await auth.settle();
  await until(() => auth.revoked.length > 1);
  expect(auth.revoked).toHaveLength(2);
  expect(auth.revoked).not.toContainEqual({ sessionId: viewer.sessionId });
});

it('asks for a two-factor code where two-factor authentication is on', async () => {
  const { input, viewer } = await auth.register();
  const { recoveryCodes } = await turnOnTwoFactor(auth, viewer);
  const changeBy = (twoFactorCode: string | undefined) =>
    auth.as(viewer).execute(mutation('changePassword', 'account { id }'), {
      input: { currentPassword: password, newPassword: another, twoFactorCode },
    });
  expectError(await changeBy(undefined), 'TWO_FACTOR_REQUIRED');
  expectError(await changeBy('000000'), 'BAD_USER_INPUT', 'input.twoFactorCode');
  expectError(await auth.logIn(input.email), 'TWO_FACTOR_REQUIRED');
  dataOf(await changeBy(recoveryCodes[0]));
  expectError(await auth.logIn(input.email), 'UNAUTHENTICATED');
});

it("takes no password that is the owner's name", async () => {
  const { input, viewer } = await auth.register({ ...newcomer(), username: 'grace_hopper' });
  expectError(await change(viewer, password, 'GraceHopper1906'), 'BAD_USER_INPUT', 'input.newPassword');
  dataOf(await auth.logIn(input.email));
});

it.each([
  ['currentPassword', 'not the password', another],
  ['currentPassword', '', another],
  ['currentPassword', 'x'.repeat(5_000), another],
  ['newPassword', password, '1234567'],
  ['newPassword', password, 'x'.repeat(129)],
  ['newPassword', password, 'Password1'],
])('refuses a wrong %s and leaves everything as it is', async (field, current, next) => {
  const { input, viewer, account } = await auth.register();
  const before = await hashOf(account.id);
  dataOf(await auth.logIn(input.email));
  expectError(await change(viewer, current, next), 'BAD_USER_INPUT', `input.${field}`);
  expect(await hashOf(account.id)).toBe(before);
  const { rows } = await auth.db.query('SELECT ended_at FROM session WHERE account_id = $1', [account.id]);
  expect(rows).toEqual([{ ended_at: null }, { ended_at: null }]);
});

it('lets one of two changes win that were begun with the same password', async () => {
  const { account, viewer } = await auth.register();
  // Both have found the old password right when the first can write.
  const holder = await auth.db.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [account.id]);
  const changes = [
    change(viewer, password, 'the first of two horses'),
    change(viewer, password, 'the second of two horses'),
  ];
  await until(async () => {
    const { rows } = await auth.db.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%password_version%'`,
    );
    return rows[0].waiting === 2;
  });
  await holder.query('COMMIT');
  holder.release();
  const answers = await Promise.all(changes);
  const lost = answers.filter((answer) => answer.errors);
  expect(lost).toHaveLength(1);
  expectError(lost[0] ?? {}, 'CONFLICT', 'input.currentPassword');
});

it('leaves no session to those who sign in with the old password meanwhile', async () => {
  const { input, viewer } = await auth.register();
  const [, ...signIns] = await Promise.all([
    change(viewer),
    ...Array.from({ length: 8 }, () => auth.logIn(input.email)),
  ]);
  for (const { data } of signIns.filter((answer) => answer.data?.logIn)) {
    expectError(await auth.refresh(data.logIn.tokens.refreshToken), 'UNAUTHENTICATED');
  }
});

it('is for those who are signed in', async () => {
  expectError(await change(null), 'UNAUTHENTICATED');
});

it('registers nobody with a password that is guessed first', async () => {
  const input = { ...newcomer(), password: 'Sunshine1' };
  expectError(await auth.as(null).execute(registerMutation, { input }), 'BAD_USER_INPUT', 'input.password');
});

it('hashes a password anew that was hashed with other parameters, when it is seen', async () => {
  const { input, account } = await auth.register();
  const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  await auth.db.query('UPDATE account SET password_hash = $2 WHERE id = $1', [account.id, weak]);
  expectError(await auth.logIn(input.email, 'not the password'), 'UNAUTHENTICATED');
  expect(await hashOf(account.id)).toBe(weak);
  await Promise.all([auth.logIn(input.email), auth.logIn(input.email)].map(async (it) => dataOf(await it)));
  expect(await hashOf(account.id)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  dataOf(await auth.logIn(input.email));
});
