import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { gid } from '@socialhub/platform/testing/gid';
import { testClient } from '@socialhub/platform/testing/test-service';
import type { OperationResult } from '@socialhub/platform/testing/until';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createThrottles, type Limits, throttleNames } from '../../src/domain/throttling/throttles.ts';
import { MAIL_CHANNEL } from '../../src/store/mail/mails.ts';
import {
  logInMutation,
  mutation,
  newcomer,
  password,
  registerMutation,
  sessionsOf,
  startAuth,
  tokenIn,
  viewerOf,
} from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth({
    SIGN_INS_PER_ACCOUNT: '25',
    FAILED_SIGN_INS_PER_ADDRESS: '30',
    REGISTRATIONS_PER_ADDRESS: '20',
    MAILS_PER_REQUESTER: '2',
    MAILS_PER_RECIPIENT: '4',
    MAILS_PER_ADDRESS: '7',
    FAILED_TOKENS_PER_ADDRESS: '4',
  });
});
afterAll(() => auth.stop());
afterEach(async () => {
  await auth.db.query('DELETE FROM rate_limit');
});

const wrong = 'not the password';
/** Another network than the one that everybody here registers from. */
const elsewhere = { ipAddress: '198.51.100.7', userAgent: 'a stranger' };
const stranger = (n: number) => ({ ipAddress: `198.51.100.${100 + n}`, userAgent: null });
const logInFrom = (client: ClientInfo, identifier: string, secret = password) =>
  auth.as(null, client).execute(logInMutation, { input: { identifier, password: secret } });
const failures = async (identifier: string, times: number, client: ClientInfo = testClient) => {
  for (let i = 0; i < times; i += 1)
    expectError(await logInFrom(client, identifier, wrong), 'UNAUTHENTICATED');
};
function expectThrottled(answer: OperationResult, seconds: number) {
  expectError(answer, 'RATE_LIMITED');
  const retryAfter = Number(answer.errors?.[0]?.extensions?.retryAfter);
  expect(retryAfter).toBeGreaterThan(seconds - 60);
  expect(retryAfter).toBeLessThanOrEqual(seconds);
}
const requestReset = (email: string, client: ClientInfo = testClient) =>
  auth.as(null, client).execute(mutation('requestPasswordReset', 'sent'), { input: { email } });
const resetTo = (token: string, newPassword: string, client: ClientInfo = testClient) =>
  auth.as(null, client).execute(mutation('resetPassword', 'reset'), { input: { token, newPassword } });
const beginTwoFactor = mutation('beginTwoFactor', 'secret');
const verify = (token: string) =>
  auth.as(null).execute(mutation('verifyEmail', 'verified'), { input: { token } });

it('lets nobody guess at a name after ten failures, not even rightly', async () => {
  const { input } = await auth.register();
  for (const identifier of [input.email, input.username]) {
    await failures(identifier, 10, elsewhere);
    expectThrottled(await logInFrom(elsewhere, identifier, wrong), 900);
    expectThrottled(await logInFrom(elsewhere, identifier), 900);
  }
});

it('tells by no count whose address it is, nor whether it is anybody’s', async () => {
  const { input } = await auth.register({ ...newcomer(), email: 'somebody@bücher.example' });
  await failures(input.username, 10, stranger(1));
  for (const [n, name] of ['somebody', 'nobody'].entries()) {
    await failures(`${name}@bücher.example`, 10, stranger(n + 2));
    expectThrottled(await logInFrom(stranger(n + 2), `${name}@XN--bcher-kva.example`, wrong), 900);
  }
});

it('treats an account that is not there in the same way', async () => {
  const { input } = await auth.register();
  await failures(input.username, 10);
  await failures('nobody_here', 10);
  const [there, nowhere] = [await auth.logIn(input.username, wrong), await auth.logIn(' NOBODY_here', wrong)];
  for (const answer of [there, nowhere]) {
    expectThrottled(answer, 900);
    delete answer.errors?.[0]?.extensions?.retryAfter;
  }
  expect(nowhere).toEqual(there);
});

it('begins to count anew when the right password comes in time', async () => {
  const { input } = await auth.register();
  await failures(input.email, 9);
  dataOf(await auth.logIn(input.email));
  await failures(input.email, 9);
  dataOf(await auth.logIn(input.email));
});

it('counts in one place for all instances', async () => {
  const { input } = await auth.register();
  await failures(input.email, 10, elsewhere);
  const limit = { points: 10, seconds: 900 };
  const limits = Object.fromEntries(throttleNames.map((name) => [name, limit])) as Limits;
  const otherInstance = createThrottles(auth.db, limits);
  await expect(otherInstance.failuresPerAccount.check(input.email)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
  });
  await expect(otherInstance.failuresPerAccount.check('somebody else')).resolves.toBeUndefined();
});

it.each([
  ['one place', 1],
  ['fifty places', 50],
])('opens nothing to a hundred guesses that come at once from %s', async (_where, places) => {
  const { input } = await auth.register();
  const guesses = [...Array.from({ length: 99 }, (_, i) => `guess number ${i}`), password];
  const answers = await Promise.all(
    guesses.map((guess, i) => logInFrom(stranger(i % places), input.email, guess)),
  );
  expect(answers.filter((answer) => answer.data?.logIn)).toEqual([]);
  const told = answers.filter((answer) => answer.errors?.[0]?.extensions?.code === 'UNAUTHENTICATED');
  expect(told.length).toBeLessThanOrEqual(10);
  expectError(answers.at(-1) ?? {}, 'RATE_LIMITED');
});

it('lets a crowd sign in at once from one address, each with their own password', async () => {
  const people = await Promise.all(Array.from({ length: 15 }, () => auth.register()));
  for (const answer of await Promise.all(people.map(({ input }) => auth.logIn(input.email)))) dataOf(answer);
});

it('lets few of 400 right passwords in at once, and meanwhile others in and on', async () => {
  const [mine, other] = [await auth.register(), await auth.register()];
  const counted = await refusalsBy('password hashes');
  const flood = Array.from({ length: 400 }, () => logInFrom(elsewhere, mine.input.email));
  await Promise.race(flood);
  dataOf(await auth.logIn(other.input.email));
  dataOf(await auth.refresh(other.tokens.refreshToken));
  const answers = await Promise.all(flood);
  const entered = answers.filter((answer) => answer.data?.logIn);
  expect(entered.length).toBeGreaterThan(0);
  // As many as an account may, and as many again once the place is known as its owner's.
  expect(entered.length).toBeLessThanOrEqual(50);
  const refused = answers.filter((answer) => !answer.data?.logIn);
  for (const answer of refused) expectError(answer, 'RATE_LIMITED');
  // Most are refused before anything is asked of the database, because too many of the same wait.
  const inCrowd = refused.filter((answer) => Number(answer.errors?.[0]?.extensions?.retryAfter) <= 4);
  expect(inCrowd.length).toBeGreaterThan(200);
  expect(await counted()).toBeGreaterThanOrEqual(inCrowd.length);
});

it('has nobody wait behind those who guess elsewhere: not at their door, in their session, or with a link', async () => {
  const [one, other] = [await auth.register(), await auth.register()];
  dataOf(await requestReset(other.input.email));
  const token = tokenIn((await auth.mailsTo(other.input.email, 'Reset')).at(-1));
  const guesses = (name: string, client: ClientInfo) =>
    Array.from({ length: 30 }, () => logInFrom(client, name, wrong));
  const flood = [...guesses(one.input.email, stranger(1)), ...guesses(other.input.email, stranger(2))];
  const owners = [
    auth.logIn(one.input.email),
    auth.as(one.viewer).execute(beginTwoFactor, { input: { password } }),
    resetTo(token, 'another horse battery'),
  ];
  for (const answer of await Promise.all(owners)) dataOf(answer);
  await Promise.all(flood);
});

it('takes so many right passwords of an account from one place in a quarter of an hour', async () => {
  const { input } = await auth.register();
  for (let i = 0; i < 25; i += 1) dataOf(await auth.logIn(input.email));
  expectThrottled(await auth.logIn(input.email), 900);
  dataOf(await logInFrom(elsewhere, input.email));
});

it('leaves the owner a share where they have signed in before, whoever guesses elsewhere', async () => {
  const { input } = await auth.register();
  await failures(input.email, 10, elsewhere);
  expectThrottled(await logInFrom(elsewhere, input.email), 900);
  dataOf(await auth.logIn(input.email));
  // Nor does that give the stranger new guesses.
  expectThrottled(await logInFrom(elsewhere, input.email, wrong), 900);
  await failures(input.email, 10);
  expectThrottled(await auth.logIn(input.email), 900);
});

it('takes no network for the owner’s where a session was ended as not theirs', async () => {
  const { input, viewer } = await auth.register();
  const sessions = sessionsOf(dataOf(await logInFrom(elsewhere, input.email)).logIn.account);
  const theirs = sessions.find(({ ipAddress }) => ipAddress === elsewhere.ipAddress);
  const revoke = { sessionId: gid('Session', theirs?.id ?? '') };
  dataOf(await auth.as(viewer).execute(mutation('revokeSession', 'account { id }'), { input: revoke }));
  const third = { ipAddress: '203.0.113.9', userAgent: 'another stranger' };
  await failures(input.email, 10, third);
  expectThrottled(await logInFrom(elsewhere, input.email), 900);
});

it('counts wrong passwords in a session by themselves', async () => {
  const { input, viewer } = await auth.register();
  const change = (currentPassword: string) =>
    auth.as(viewer).execute(mutation('changePassword', 'account { id }'), {
      input: { currentPassword, newPassword: 'another horse battery' },
    });
  for (let i = 0; i < 10; i += 1) expectError(await change(wrong), 'BAD_USER_INPUT', 'input.currentPassword');
  expectThrottled(await change(password), 900);
  // Nor can a stranger at the door keep the owner from what they do in theirs.
  const next = dataOf(await auth.logIn(input.email)).logIn;
  await failures(input.email, 10, elsewhere);
  const other = auth.as(viewerOf(next.tokens.accessToken));
  dataOf(
    await other.execute(mutation('changePassword', 'account { id }'), {
      input: { currentPassword: password, newPassword: 'another horse battery' },
    }),
  );
});

it('counts failures by address too, and lets what is right pass until then', async () => {
  const { input } = await auth.register();
  for (let i = 0; i < 30; i += 1) expectError(await auth.logIn(`somebody_${i}`, wrong), 'UNAUTHENTICATED');
  expectThrottled(await auth.logIn('somebody_else', wrong), 900);
  expectThrottled(await auth.logIn(input.email), 900);
});

it('registers so many from one address in an hour', async () => {
  const attempt = () => auth.as(null).execute(registerMutation, { input: newcomer() });
  for (let i = 0; i < 20; i += 1) dataOf(await attempt());
  expectThrottled(await attempt(), 3_600);
});

it('takes so many requests for a mail from one address, whether anybody has the mailbox or not', async () => {
  const { input } = await auth.register();
  for (const email of [input.email, 'nobody@example.com']) {
    dataOf(await requestReset(email));
    dataOf(await requestReset(email.toUpperCase()));
    expectThrottled(await requestReset(email), 1_800);
  }
  dataOf(await requestReset('somebody@example.com'));
  expectThrottled(await requestReset('somebody.else@example.com'), 3_600);
});

const resetMails = async (email: string) =>
  (await auth.allMailTo(email)).filter((mail) => mail.includes('\nSubject: Reset')).length;

it('lets no stranger use up the reset mails of somebody else, by whatever mails they ask for', async () => {
  const { input } = await auth.register();
  const strangers = await Promise.all([1, 2, 3].map(() => auth.register()));
  for (const [n, { viewer }] of strangers.entries()) {
    const ask = () =>
      auth
        .as(viewer, { ipAddress: `203.0.113.${n}`, userAgent: null })
        .execute('mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { account { id } } }', {
          input: { newEmail: input.email, currentPassword: password },
        });
    dataOf(await ask());
    dataOf(await ask());
    expectThrottled(await ask(), 1_800);
  }
  for (let i = 0; i < 2; i += 1) dataOf(await requestReset(input.email, elsewhere));
  expectThrottled(await requestReset(input.email, elsewhere), 1_800);
  dataOf(await requestReset(input.email));
  expect(await resetMails(input.email)).toBe(3);
});

it('keeps for later what confirms an address that strangers asked for as well', async () => {
  const newEmail = 'wanted@example.com';
  const people = await Promise.all([1, 2, 3].map(() => auth.register()));
  const mails = async () => (await auth.mailsTo(newEmail, '')).length;
  const waiting = async () => {
    const { rows } = await auth.db.query(
      "SELECT id FROM mail WHERE recipient = $1 AND attempts = 0 AND due_at > now() + interval '20 minutes'",
      [newEmail],
    );
    return rows.length;
  };
  const ask = async (n: number) =>
    dataOf(
      await auth
        .as(people[n]?.viewer ?? null, stranger(n))
        .execute('mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { account { id } } }', {
          input: { newEmail, currentPassword: password },
        }),
    );
  for (const [sent, n] of [0, 0, 1, 1].entries()) {
    await ask(n);
    await until(async () => (await mails()) === sent + 1, { what: `mail ${sent + 1}` });
  }
  const links = async () =>
    (await auth.db.query('SELECT 1 FROM mail_token WHERE email = $1', [newEmail])).rowCount;
  const before = await links();
  await ask(2);
  await until(async () => (await waiting()) === 1, { what: 'the fifth mail waits' });
  expect(await mails()).toBe(4);
  // What waits has no link yet whose time would run out meanwhile.
  expect(await links()).toBe(before);
  await auth.db.query('DELETE FROM rate_limit');
  await auth.db.query('UPDATE mail SET due_at = now() WHERE recipient = $1', [newEmail]);
  await auth.db.query("SELECT pg_notify($1, '')", [MAIL_CHANNEL]);
  await until(async () => (await mails()) === 5, { what: 'it goes' });
});

it('sends an address so many mails of a kind, whoever asks, all with links that are good as long as no more come', async () => {
  const { input } = await auth.register();
  for (let network = 1; network <= 3; network += 1) {
    const client = { ipAddress: `203.0.113.${network}`, userAgent: null };
    for (let i = 0; i < 2; i += 1) dataOf(await requestReset(input.email, client));
  }
  expect(await resetMails(input.email)).toBe(4);
  const { rows } = await auth.db.query(
    "SELECT key, expire FROM rate_limit WHERE key LIKE 'mailsPerRecipient%'",
  );
  const until = Math.min(...rows.map(({ expire }) => Number(expire)));
  const { rows: links } = await auth.db.query(
    "SELECT expires_at FROM mail_token WHERE kind = 'RESET_PASSWORD' AND email = $1 AND expires_at >= to_timestamp($2 / 1000.0)",
    [input.email, until - 1_000],
  );
  expect(links.length).toBeGreaterThan(0);
  const token = tokenIn((await auth.mailsTo(input.email, 'Reset')).at(-1));
  dataOf(await resetTo(token, 'another horse battery'));
});

it('sends the confirmation so often only', async () => {
  const { viewer } = await auth.register();
  const again = () => auth.as(viewer).execute('mutation { requestEmailVerification { sent } }');
  dataOf(await again());
  dataOf(await again());
  expectThrottled(await again(), 1_800);
});

it('takes so many bad links from one address, and any number of good ones', async () => {
  const { input } = await auth.register();
  const token = tokenIn((await auth.mailsTo(input.email))[0]);
  for (let i = 0; i < 4; i += 1) expectError(await verify('a'.repeat(43)), 'BAD_USER_INPUT', 'input.token');
  expectThrottled(await verify('a'.repeat(43)), 3_600);
  dataOf(await verify(token));
  expectThrottled(await verify(token), 3_600);
});

it('lets the owner in who resets the password, whoever guessed at the old one', async () => {
  const { input } = await auth.register();
  await failures(input.email, 10);
  dataOf(await requestReset(input.email));
  const token = tokenIn((await auth.mailsTo(input.email, 'Reset')).at(-1));
  const newPassword = 'another horse battery';
  dataOf(await resetTo(token, newPassword));
  dataOf(await auth.logIn(input.email, newPassword));
});

it('takes the place where somebody resets the password for theirs, whoever goes on guessing elsewhere', async () => {
  const { input } = await auth.register();
  const atTheLibrary = { ipAddress: '203.0.113.20', userAgent: 'a library' };
  dataOf(await requestReset(input.email));
  const token = tokenIn((await auth.mailsTo(input.email, 'Reset')).at(-1));
  const newPassword = 'another horse battery';
  await failures(input.username, 10, stranger(1));
  expectThrottled(await logInFrom(atTheLibrary, input.username), 900);
  dataOf(await resetTo(token, newPassword, atTheLibrary));
  for (const [n, name] of [input.username, input.email].entries()) {
    await failures(name, 10, stranger(n + 2));
    dataOf(await logInFrom(atTheLibrary, name, newPassword));
    expectThrottled(await logInFrom(stranger(n + 2), name, newPassword), 900);
  }
});

it('stores no name that was tried', async () => {
  await failures('My Secret Passw0rd', 1);
  const { rows } = await auth.db.query('SELECT string_agg(key, $1) AS keys FROM rate_limit', [' ']);
  expect(rows[0].keys).not.toMatch(/secret|192\.0\.2/i);
});
