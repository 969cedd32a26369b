import {
  AccountDataErased,
  AccountDeleted,
  AccountStandingChanged,
} from '@socialhub/platform/contracts/auth';
import { serviceNames } from '@socialhub/platform/contracts/services';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { isUuid, uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mutation, newcomer, password, registerMutation, startAuth } from '../auth.ts';
import { turnOnTwoFactor } from '../two-factor.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const deactivate = (viewer: Viewer | null, secret = password) =>
  auth
    .as(viewer)
    .execute(
      'mutation ($input: DeactivateAccountInput!) { deactivateAccount(input: $input) { deactivated } }',
      {
        input: { password: secret },
      },
    );
const remove = (viewer: Viewer | null, secret = password) =>
  auth
    .as(viewer)
    .execute('mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAfter } }', {
      input: { password: secret },
    });
const standingsOf = async (userId: string) =>
  (await auth.published(AccountStandingChanged))
    .filter((event) => event.userId === userId)
    .map((event) => event.standing);
const deletionsOf = async (userId: string) =>
  (await auth.published(AccountDeleted)).filter((event) => event.userId === userId);
/** As if the grace of everybody who asked were over. */
async function graceEnds() {
  await auth.db.query('UPDATE account SET delete_after = now() WHERE delete_after IS NOT NULL');
  await auth.db.query("UPDATE task SET due_at = now() WHERE kind = 'begin_erasure'");
  await auth.db.query("SELECT pg_notify('task', '')");
  await until(async () => (await auth.db.query('SELECT 1 FROM task')).rowCount === 0, { what: 'no task' });
}
async function admin() {
  const person = await auth.register();
  await auth.db.query("UPDATE account SET role = 'ADMIN' WHERE id = $1", [person.viewer.userId]);
  return { ...person.viewer, role: 'ADMIN' as const, scopes: ['moderate', 'administer'] };
}
const erasures = (viewer: Viewer | null, userId: string | null = null) =>
  auth
    .as(viewer)
    .execute(
      'query ($userId: ID) { accountErasures(userId: $userId) { edges { node { userId completedAt parts { service counts { what count } } } } } }',
      { userId: userId && isUuid(userId) ? gid('User', userId) : userId },
    );

it('hides who deactivates, ends their sessions, and brings them back when they sign in', async () => {
  const { input, viewer, tokens } = await auth.register();
  expect(dataOf(await deactivate(viewer))).toEqual({ deactivateAccount: { deactivated: true } });
  expect(await standingsOf(viewer.userId)).toEqual(['DEACTIVATED']);
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
  await until(() => auth.revoked.some((it) => (it as { sessionId: string }).sessionId === viewer.sessionId));
  await auth.mailsTo(input.email, 'Your account is deactivated');
  expectError(await auth.logIn(input.email, 'wrong horse battery'), 'UNAUTHENTICATED');
  expect(await standingsOf(viewer.userId)).toEqual(['DEACTIVATED']);
  dataOf(await auth.logIn(input.email));
  expect(await standingsOf(viewer.userId)).toEqual(['DEACTIVATED', 'ACTIVE']);
  await auth.mailsTo(input.email, 'Your account is back');
  dataOf(await auth.logIn(input.email));
  expect(await standingsOf(viewer.userId)).toHaveLength(2);
});

it('tells who deletes until when they can come back, and keeps the account of who does', async () => {
  const { input, viewer } = await auth.register();
  const { deletedAfter } = dataOf(await remove(viewer)).deleteAccount;
  const days = (Date.parse(deletedAfter) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThanOrEqual(30);
  expect(await standingsOf(viewer.userId)).toEqual(['PENDING_DELETION']);
  const [mail] = await auth.mailsTo(input.email, 'Your account will be deleted');
  expect(mail).toContain(deletedAfter.slice(0, 16).replace('T', ' '));
  dataOf(await auth.logIn(input.username));
  expect(await standingsOf(viewer.userId)).toEqual(['PENDING_DELETION', 'ACTIVE']);
  await graceEnds();
  expect(await deletionsOf(viewer.userId)).toEqual([]);
  dataOf(await auth.logIn(input.username));
});

it('erases the account after the grace: nobody signs in, the address is free, the name nobody’s', async () => {
  const { input, viewer } = await auth.register();
  dataOf(await remove(viewer));
  await graceEnds();
  expect(await deletionsOf(viewer.userId)).toHaveLength(1);
  const gone = 'SELECT 1 FROM account WHERE id = $1';
  await until(async () => (await auth.db.query(gone, [viewer.userId])).rowCount === 0);
  expectError(await auth.logIn(input.email), 'UNAUTHENTICATED');
  const again = { ...newcomer(), username: input.username };
  expectError(await auth.as(null).execute(registerMutation, { input: again }), 'CONFLICT', 'input.username');
  dataOf(await auth.as(null).execute(registerMutation, { input: { ...newcomer(), email: input.email } }));
  const { rows } = await auth.db.query(
    `SELECT json_agg(s)::text AS everything FROM (
       SELECT row_to_json(r) AS s FROM retired_username r UNION ALL SELECT row_to_json(e) FROM account_erasure e) AS t`,
  );
  expect(rows[0].everything).not.toContain(input.username);
});

it('reports to admins what each service erased, and when all had', async () => {
  const boss = await admin();
  const { viewer } = await auth.register();
  dataOf(
    await auth.logIn(
      (await auth.db.query('SELECT email FROM account WHERE id = $1', [viewer.userId])).rows[0].email,
    ),
  );
  dataOf(await remove(viewer));
  await graceEnds();
  const report = async () => dataOf(await erasures(boss, viewer.userId)).accountErasures.edges[0].node;
  const own = await until(async () => {
    const { parts } = await report();
    return parts.length === 1 && parts[0];
  });
  expect(own).toEqual({
    service: 'auth',
    counts: expect.arrayContaining([
      { what: 'sessions', count: 2 },
      { what: 'accounts', count: 1 },
    ]),
  });
  const tell = (service: (typeof serviceNames)[number], counts: Record<string, number>) =>
    auth.emit(AccountDataErased, { userId: viewer.userId, service, counts, at: new Date().toISOString() });
  for (const service of serviceNames.slice(1, -1)) await tell(service, { things: 3 });
  expect((await report()).completedAt).toBeNull();
  await tell('chat', { messages: 7 });
  // What is said a second time changes nothing.
  await tell('chat', { messages: 0 });
  const done = await report();
  expect(done.completedAt).not.toBeNull();
  expect(done.parts).toHaveLength(6);
  expect(done.parts.at(-1)).toEqual({ service: 'chat', counts: [{ what: 'messages', count: 7 }] });
  expect(dataOf(await erasures(boss)).accountErasures.edges[0].node.userId).toBe(gid('User', viewer.userId));
  expectError(await erasures({ ...viewer, role: 'ADMIN', scopes: ['administer'] }), 'UNAUTHENTICATED');
  expectError(await erasures((await auth.register()).viewer), 'FORBIDDEN');
  expectError(await erasures(boss, 'nonsense'), 'BAD_USER_INPUT', 'userId');
});

it('erases once what it is told to erase twice', async () => {
  const { viewer } = await auth.register();
  const data = { userId: viewer.userId, at: new Date().toISOString() };
  const id = uuidv7();
  await auth.emit(AccountDeleted, data, { id });
  await auth.emit(AccountDeleted, data, { id });
  await auth.emit(AccountDeleted, data);
  const told = async () =>
    (await auth.published(AccountDataErased)).filter((event) => event.userId === viewer.userId);
  await until(async () => (await auth.db.query('SELECT 1 FROM task')).rowCount === 0);
  const counts = (await told()).map((event) => event.counts.accounts);
  expect(counts.reduce((sum, count) => (sum ?? 0) + (count ?? 0), 0)).toBe(1);
});

it('asks for the password, counts the wrong ones, and lets no admin go', async () => {
  const { viewer, input } = await auth.register();
  for (const call of [deactivate, remove]) {
    expectError(await call(viewer, 'wrong'), 'BAD_USER_INPUT', 'input.password');
    expectError(await call(null), 'UNAUTHENTICATED');
    expectError(await call(await admin()), 'FORBIDDEN');
  }
  for (let count = 0; count < 8; count += 1) await remove(viewer, 'wrong');
  expectError(await remove(viewer), 'RATE_LIMITED');
  expect(await standingsOf(viewer.userId)).toEqual([]);
  expect(await auth.allMailTo(input.email)).toHaveLength(1);
});

it('asks for a two-factor code where two-factor authentication is on', async () => {
  const { viewer, input } = await auth.register();
  const { recoveryCodes } = await turnOnTwoFactor(auth, viewer);
  for (const call of [deactivate, remove]) expectError(await call(viewer), 'TWO_FACTOR_REQUIRED');
  const withCode = (twoFactorCode: string | undefined) =>
    auth
      .as(viewer)
      .execute('mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAfter } }', {
        input: { password, twoFactorCode },
      });
  expectError(await withCode('000000'), 'BAD_USER_INPUT', 'input.twoFactorCode');
  expect(await standingsOf(viewer.userId)).toEqual([]);
  dataOf(await withCode(recoveryCodes[0]));
  expectError(await auth.logIn(input.email), 'TWO_FACTOR_REQUIRED');
  expect(await standingsOf(viewer.userId)).toEqual(['PENDING_DELETION']);
});

it('lets either the owner or the end of the grace have the account, never both', async () => {
  const { viewer, input } = await auth.register();
  dataOf(await remove(viewer));
  const [signedIn] = await Promise.all([auth.logIn(input.email), graceEnds()]);
  const deleted = await deletionsOf(viewer.userId);
  expect(deleted).toHaveLength(signedIn.errors ? 1 : 0);
});

it('keeps who is suspended hidden as such, whatever else they asked for', async () => {
  const moderator = await admin();
  const { viewer } = await auth.register();
  dataOf(await deactivate(viewer));
  const userId = gid('User', viewer.userId);
  const act = (verb: string, input: object) =>
    auth.as(moderator).execute(mutation(verb, 'standing { role }'), { input });
  dataOf(await act('suspendAccount', { userId, reason: 'spam' }));
  dataOf(await act('reinstateAccount', { userId }));
  expect(await standingsOf(viewer.userId)).toEqual(['DEACTIVATED', 'SUSPENDED', 'DEACTIVATED']);
});
