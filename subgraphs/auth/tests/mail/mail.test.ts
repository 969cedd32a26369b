import { createHash } from 'node:crypto';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { UserRegistered } from '@socialhub/platform/contracts/auth';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuthService } from '../../src/service.ts';
import { account, mutation, newcomer, registerMutation, sessionsOf, startAuth, tokenIn } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const another = 'another horse battery';
const execute = (text: string, variables: Record<string, unknown>, viewer: Viewer | null = null) =>
  auth.as(viewer).execute(text, variables);
const verify = (token: string, viewer: Viewer | null = null) =>
  execute(mutation('verifyEmail', 'verified'), { input: { token } }, viewer);
const requestReset = (email: string) =>
  execute(mutation('requestPasswordReset', 'sent'), { input: { email } });
const reset = (token: string, newPassword = another, viewer: Viewer | null = null) =>
  execute(mutation('resetPassword', 'reset'), { input: { token, newPassword } }, viewer);
const isVerified = async (viewer: Viewer) =>
  dataOf(await auth.as(viewer).execute(`{ ${account} }`)).account.emailVerified;
const resetToken = async (email: string) => {
  dataOf(await requestReset(email));
  return tokenIn((await auth.mailsTo(email, 'Reset')).at(-1));
};
const lapse = (token: string) =>
  auth.db.query("UPDATE mail_token SET expires_at = now() - interval '1 second' WHERE hash = $1", [
    createHash('sha256').update(token).digest(),
  ]);

it('mails a link to whoever registers, by which they confirm their address, once', async () => {
  const { input, viewer } = await auth.register();
  const [mail] = await auth.mailsTo(input.email, 'Confirm');
  expect(mail).toContain(`Hello @${input.username}`);
  expect(mail).toContain('https://hub.example/verify-email?token=');
  expect(mail).toContain(`<a href="https://hub.example/verify-email?token=${tokenIn(mail)}">`);
  expect(await isVerified(viewer)).toBe(false);
  expect(dataOf(await verify(tokenIn(mail)))).toEqual({ verifyEmail: { verified: true } });
  expect(await isVerified(viewer)).toBe(true);
  expectError(await verify(tokenIn(mail)), 'BAD_USER_INPUT', 'input.token');
});

it('sends the link again to those who ask, until they are confirmed', async () => {
  const { input, viewer } = await auth.register();
  await auth.mailsTo(input.email);
  const again = () => auth.as(viewer).execute('mutation { requestEmailVerification { sent } }');
  dataOf(await again());
  const mails = await until(async () => {
    const all = await auth.allMailTo(input.email);
    return all.length === 2 && all;
  });
  dataOf(await verify(tokenIn(mails[1])));
  expectError(await verify(tokenIn(mails[0])), 'BAD_USER_INPUT', 'input.token');
  dataOf(await again());
  expect(await auth.allMailTo(input.email)).toHaveLength(2);
  expectError(
    await auth.as(null).execute('mutation { requestEmailVerification { sent } }'),
    'UNAUTHENTICATED',
  );
});

it.each([[''], ['x'], ['a'.repeat(43)], ['../../etc/passwd']])('takes no %j for a token', async (token) => {
  expectError(await verify(token), 'BAD_USER_INPUT', 'input.token');
  expectError(await reset(token), 'BAD_USER_INPUT', 'input.token');
});

it('resets a password once, ends every session and says so by mail', async () => {
  const { input, viewer, tokens } = await auth.register();
  const token = await resetToken(input.email);
  expect(dataOf(await reset(token))).toEqual({ resetPassword: { reset: true } });
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
  await until(() => auth.revoked.some((it) => (it as { sessionId: string }).sessionId === viewer.sessionId));
  expectError(await auth.logIn(input.email), 'UNAUTHENTICATED');
  const signedIn = dataOf(await auth.logIn(input.email, another)).logIn;
  expect(signedIn.account).toMatchObject({ emailVerified: true });
  expect(sessionsOf(signedIn.account)).toMatchObject([{ current: true }]);
  expectError(await reset(token, 'a third horse battery'), 'BAD_USER_INPUT', 'input.token');
  await auth.mailsTo(input.email, 'Your password was changed');
});

it('gives one token to one of those who use it at once', async () => {
  const { input } = await auth.register();
  const token = await resetToken(input.email);
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => reset(token, `horse battery no. ${i}`)),
  );
  const lost = answers.filter((answer) => answer.errors);
  expect(lost).toHaveLength(5);
  for (const answer of lost) expectError(answer, 'BAD_USER_INPUT', 'input.token');
});

it('takes a token for nothing but what it was sent for, and from nobody but its owner', async () => {
  const [mine, theirs] = [await auth.register(), await auth.register()];
  const verification = tokenIn((await auth.mailsTo(mine.input.email, 'Confirm'))[0]);
  const forReset = await resetToken(mine.input.email);
  expectError(await reset(verification), 'BAD_USER_INPUT', 'input.token');
  expectError(await verify(forReset), 'BAD_USER_INPUT', 'input.token');
  expectError(await reset(forReset, another, theirs.viewer), 'BAD_USER_INPUT', 'input.token');
  expectError(await verify(verification, theirs.viewer), 'BAD_USER_INPUT', 'input.token');
  expectError(await reset(forReset, '1234567'), 'BAD_USER_INPUT', 'input.newPassword');
  expectError(await reset(forReset, `${mine.input.username}!`), 'BAD_USER_INPUT', 'input.newPassword');
  dataOf(await verify(verification, mine.viewer));
  dataOf(await reset(forReset, another, mine.viewer));
});

it('takes no token that is too old', async () => {
  const { input } = await auth.register();
  const [verification, forReset] = [
    tokenIn((await auth.mailsTo(input.email, 'Confirm'))[0]),
    await resetToken(input.email),
  ];
  const { rows } = await auth.db.query(
    'SELECT extract(epoch FROM expires_at - now())::float AS seconds FROM mail_token WHERE email = $1 ORDER BY 1',
    [input.email],
  );
  expect(rows[0].seconds).toBeGreaterThan(1_700);
  expect(rows[0].seconds).toBeLessThanOrEqual(1_800);
  await Promise.all([lapse(verification), lapse(forReset)]);
  expectError(await verify(verification), 'BAD_USER_INPUT', 'input.token');
  expectError(await reset(forReset), 'BAD_USER_INPUT', 'input.token');
});

it('answers alike whether anybody has the address, and sends nothing where nobody has', async () => {
  const { input } = await auth.register();
  const known = await requestReset(` ${input.email.toUpperCase()} `);
  expect(dataOf(known)).toEqual({ requestPasswordReset: { sent: true } });
  for (const email of ['nobody@example.com', 'no address', '', 'a@example.com\r\nBcc: b@example.com']) {
    expect(await requestReset(email)).toEqual(known);
  }
  expect(await auth.allMailTo('nobody@example.com')).toEqual([]);
  await auth.mailsTo(input.email, 'Reset');
});

it('keeps no token at rest', async () => {
  const { input } = await auth.register();
  const token = await resetToken(input.email);
  const { rows } = await auth.db.query(
    `SELECT (SELECT json_agg(t)::text FROM mail_token AS t) || coalesce((SELECT json_agg(m)::text FROM mail AS m), '')
       AS everything`,
  );
  expect(rows[0].everything).not.toContain(token);
  expect(rows[0].everything).not.toContain(Buffer.from(token).toString('hex'));
  expect(rows[0].everything).toContain(createHash('sha256').update(token).digest('hex'));
});

it('lets no name begin another header', async () => {
  const input = { ...newcomer(), displayName: 'Ada\r\nBcc: all@example.com' };
  await auth.register(input);
  const [mail] = await auth.mailsTo(input.email);
  const headers = mail?.split('\n\n')[0] ?? '';
  expect(headers.match(/^(to|cc|bcc):/gim)).toEqual(['To:']);
});

it('sends no mail of a registration that fails', async () => {
  const { input } = await auth.register();
  const other = { ...newcomer(), username: input.username };
  expectError(await auth.as(null).execute(registerMutation, { input: other }), 'CONFLICT');
  expect(await auth.allMailTo(other.email)).toEqual([]);
  expect(await auth.published(UserRegistered)).not.toHaveLength(0);
});

it('keeps the mail that could not be sent, and sends it when it can be', async () => {
  const { input } = await auth.register();
  await auth.allMailTo(input.email);
  const elsewhere = `${auth.config.MAIL_DIR}.away`;
  await rename(String(auth.config.MAIL_DIR), elsewhere);
  await writeFile(String(auth.config.MAIL_DIR), 'a file where the folder was');
  dataOf(await requestReset(input.email));
  const failed = () => auth.db.query('SELECT attempts, last_error FROM mail WHERE last_error IS NOT NULL');
  await until(async () => (await failed()).rowCount === 1);
  await chmod(elsewhere, 0o700);
  await rename(String(auth.config.MAIL_DIR), `${elsewhere}.file`);
  await rename(elsewhere, String(auth.config.MAIL_DIR));
  await auth.db.query('UPDATE mail SET due_at = now()');
  await auth.db.query("SELECT pg_notify('mail', '')");
  await auth.mailsTo(input.email, 'Reset');
});

it('gives mail up that is of no use any more', async () => {
  await auth.db.query(
    "INSERT INTO mail (kind, recipient, expires_at) VALUES ('RESET_PASSWORD', 'late@example.com', now() - interval '1 second')",
  );
  await auth.db.query("SELECT pg_notify('mail', '')");
  await until(
    async () =>
      (await auth.db.query("SELECT 1 FROM mail WHERE recipient = 'late@example.com' AND dead_at IS NOT NULL"))
        .rowCount,
  );
});

it('sends each mail once, however many instances there are', async () => {
  const instances = [1, 2].map(() => createAuthService(auth.config, { broker: auth.brokerBeside }));
  await Promise.all(instances.map((instance) => instance.start()));
  try {
    const people = await Promise.all(Array.from({ length: 12 }, () => auth.register()));
    for (const { input } of people) expect(await auth.allMailTo(input.email)).toHaveLength(1);
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
  }
});
