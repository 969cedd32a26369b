import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, newcomer, password, registerMutation, sessionsOf, startAuth } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const attempt = (input: Record<string, unknown>) => auth.as(null).execute(registerMutation, { input });

it('opens an account with its first session and tells the others', async () => {
  const input = { email: ' Ada@Example.com ', username: 'Ada_L', displayName: ' Ada  Lovelace ', password };
  const registered = await auth.register(input);
  expect(registered.user).toEqual({ id: gid('User', registered.account.id) });
  expect(registered.account).toMatchObject({
    email: 'ada@example.com',
    emailVerified: false,
    role: 'MEMBER',
    twoFactorEnabled: false,
  });
  const sessions = sessionsOf(registered.account);
  expect(sessions).toMatchObject([{ current: true, userAgent: 'test', ipAddress: '192.0.2.1' }]);
  expect(registered.viewer).toMatchObject({
    userId: registered.account.id,
    sessionId: sessions[0]?.id,
  });
  expect(await auth.published(UserRegistered)).toEqual([
    {
      userId: registered.account.id,
      username: 'ada_l',
      displayName: 'Ada Lovelace',
      registeredAt: registered.account.createdAt,
    },
  ]);
});

it('takes the username for a name when none is given', async () => {
  const { account } = await auth.register({ ...newcomer(), username: 'NoName' });
  const events = await auth.published(UserRegistered);
  expect(events.find((event) => event.userId === account.id)).toMatchObject({
    username: 'noname',
    displayName: 'NoName',
  });
});

it.each([
  ['email', { email: 'nobody' }],
  ['email', { email: 'a@example.com\r\nBcc: b@example.com' }],
  ['username', { username: 'x' }],
  ['username', { username: 'admin' }],
  ['username', { username: 'аda_cyrillic' }],
  ['displayName', { displayName: '  ' }],
  ['displayName', { displayName: 'x'.repeat(51) }],
  ['password', { password: '1234567' }],
  ['password', { password: 'x'.repeat(129) }],
  ['password', { username: 'grace_hopper', password: 'Grace.Hopper.1906' }],
  ['password', { email: 'rear.admiral@example.com', password: 'rearadmiral' }],
])('refuses a wrong %s: %j', async (field, wrong) => {
  expectError(await attempt({ ...newcomer(), ...wrong }), 'BAD_USER_INPUT', `input.${field}`);
});

it('says which of the two is taken, whatever its case', async () => {
  const { input } = await auth.register();
  const upper = (text: string) => text.toUpperCase();
  expectError(await attempt({ ...newcomer(), email: upper(input.email) }), 'CONFLICT', 'input.email');
  expectError(
    await attempt({ ...newcomer(), username: upper(input.username) }),
    'CONFLICT',
    'input.username',
  );
});

it("refuses a name that would pass for a moderator's, and nobody else's", async () => {
  const [moderator, member] = [await auth.register(), await auth.register()];
  const rename = (id: string, username: string, role: string) =>
    auth.db.query('UPDATE account SET username = $2, role = $3::role WHERE id = $1', [id, username, role]);
  await rename(moderator.account.id, 'milo_morn', 'MODERATOR');
  await rename(member.account.id, 'lola_morn', 'MEMBER');
  for (const username of ['rnilo_morn', 'm1lo_morn', 'mil0morn', 'MiIo_Mom', 'mllo__morn']) {
    expectError(await attempt({ ...newcomer(), username }), 'CONFLICT', 'input.username');
  }
  const exact = await attempt({ ...newcomer(), username: 'milo_morn' });
  expect(exact.errors?.[0]?.message).toBe('This username is taken');
  dataOf(await attempt({ ...newcomer(), username: '1ola_morn' }));
});

it('gives a name to one of those who ask for it at once, and leaves no trace of the others', async () => {
  const before = (await auth.published(UserRegistered)).length;
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => attempt({ ...newcomer(), username: 'wanted' })),
  );
  const lost = answers.filter((answer) => answer.errors);
  expect(lost).toHaveLength(7);
  for (const answer of lost) expectError(answer, 'CONFLICT', 'input.username');
  expect((await auth.published(UserRegistered)).length).toBe(before + 1);
  expect(auth.loggedErrors).toEqual([]);
});

it('stores neither password nor token', async () => {
  const { tokens } = await auth.register();
  const dump = await auth.db.query(
    `SELECT (SELECT json_agg(account)::text FROM account) AS accounts,
            (SELECT json_agg(t)::text FROM refresh_token AS t) AS tokens`,
  );
  expect(dump.rows[0].accounts).not.toContain(password);
  const bytes = Buffer.from(tokens.refreshToken, 'base64url').toString('hex');
  expect(dump.rows[0].tokens).not.toContain(bytes);
});

it('shows the account to its owner alone', async () => {
  const { viewer, input } = await auth.register();
  const query = `{ ${account} }`;
  const own = dataOf(await auth.as(viewer).execute(query)).account;
  expect(own).toMatchObject({ id: gid('Account', viewer.userId), email: input.email });
  expect(sessionsOf(own)).toMatchObject([{ current: true }]);
  expectError(await auth.as(null).execute(query), 'UNAUTHENTICATED');
  expectError(await auth.as('018f0000-0000-7000-8000-000000000000').execute(query), 'UNAUTHENTICATED');
});
