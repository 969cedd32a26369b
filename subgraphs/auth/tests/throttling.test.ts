import type { Answer } from '@socialhub/platform/testing/until';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createThrottles, type Limits, throttleNames } from '../src/domain/throttles.ts';
import { newcomer, password, registerMutation, startAuth, tokenIn } from './auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth({
    FAILED_SIGN_INS_PER_ADDRESS: '30',
    REGISTRATIONS_PER_ADDRESS: '20',
    MAILS_PER_RECIPIENT: '2',
    MAILS_PER_ADDRESS: '6',
    FAILED_TOKENS_PER_ADDRESS: '4',
  });
});
afterAll(() => auth.stop());
afterEach(async () => {
  await auth.db.query('DELETE FROM rate_limit');
});

const wrong = 'not the password';
const failures = async (identifier: string, times: number) => {
  for (let i = 0; i < times; i += 1) expectError(await auth.logIn(identifier, wrong), 'UNAUTHENTICATED');
};
function expectThrottled(answer: Answer, seconds: number) {
  expectError(answer, 'RATE_LIMITED');
  const retryAfter = Number(answer.errors?.[0]?.extensions?.retryAfter);
  expect(retryAfter).toBeGreaterThan(seconds - 60);
  expect(retryAfter).toBeLessThanOrEqual(seconds);
}
const requestReset = (email: string) =>
  auth
    .as(null)
    .execute('mutation ($email: String!) { requestPasswordReset(email: $email) { ok } }', { email });
const verify = (token: string) =>
  auth.as(null).execute('mutation ($token: String!) { verifyEmail(token: $token) { ok } }', { token });

it('lets nobody guess at an account after ten failures, by whichever name, not even rightly', async () => {
  const { input } = await auth.register();
  await failures(input.email, 5);
  await failures(input.username, 5);
  for (const identifier of [input.email, input.username]) {
    expectThrottled(await auth.logIn(identifier, wrong), 900);
    expectThrottled(await auth.logIn(identifier), 900);
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
  const { input, account } = await auth.register();
  await failures(input.email, 10);
  const limit = { points: 10, seconds: 900 };
  const limits = Object.fromEntries(throttleNames.map((name) => [name, limit])) as Limits;
  const elsewhere = createThrottles(limits);
  elsewhere.open(auth.db);
  await expect(elsewhere.failuresPerAccount.check(account.id)).rejects.toMatchObject({
    code: 'RATE_LIMITED',
  });
  await expect(elsewhere.failuresPerAccount.check('somebody else')).resolves.toBeUndefined();
});

it('opens nothing to a hundred guesses that come at once', async () => {
  const { input } = await auth.register();
  await auth.db.query('DELETE FROM rate_limit');
  const guesses = [...Array.from({ length: 99 }, (_, i) => `guess number ${i}`), password];
  const answers = await Promise.all(guesses.map((guess) => auth.logIn(input.email, guess)));
  expect(answers.filter((answer) => answer.data?.logIn)).toEqual([]);
  expectError(answers.at(-1) ?? {}, 'RATE_LIMITED');
});

it('lets as many as will sign in at once with the right password', async () => {
  const { input } = await auth.register();
  for (const answer of await Promise.all(Array.from({ length: 40 }, () => auth.logIn(input.email))))
    dataOf(answer);
});

it('counts wrong passwords in a session like those at the door', async () => {
  const { input, viewer } = await auth.register();
  const change = (currentPassword: string) =>
    auth.as(viewer).execute(
      `mutation ($currentPassword: String!) {
        changePassword(currentPassword: $currentPassword, newPassword: "another horse battery") { account { id } } }`,
      { currentPassword },
    );
  for (let i = 0; i < 10; i += 1) expectError(await change(wrong), 'BAD_USER_INPUT', 'currentPassword');
  expectThrottled(await change(password), 900);
  expectThrottled(await auth.logIn(input.email), 900);
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

it('sends nobody more mail than they can bear', async () => {
  const { input } = await auth.register();
  for (const email of [input.email, 'nobody@example.com']) {
    dataOf(await requestReset(email));
    dataOf(await requestReset(email.toUpperCase()));
    expectThrottled(await requestReset(email), 3_600);
  }
  expectThrottled(await requestReset('somebody@example.com'), 3_600);
});

it('sends the confirmation so often only', async () => {
  const { viewer } = await auth.register();
  const again = () => auth.as(viewer).execute('mutation { requestEmailVerification { ok } }');
  dataOf(await again());
  dataOf(await again());
  expectThrottled(await again(), 3_600);
});

it('takes so many bad links from one address, and any number of good ones', async () => {
  const { input } = await auth.register();
  const token = tokenIn((await auth.mailsTo(input.email))[0]);
  for (let i = 0; i < 3; i += 1) expectError(await verify('a'.repeat(43)), 'BAD_USER_INPUT', 'token');
  dataOf(await verify(token));
  expectError(await verify(token), 'BAD_USER_INPUT', 'token');
  expectThrottled(await verify(token), 3_600);
});

it('lets the owner in who resets the password, whoever guessed at the old one', async () => {
  const { input } = await auth.register();
  await failures(input.email, 10);
  dataOf(await requestReset(input.email));
  const token = tokenIn((await auth.mailsTo(input.email, 'Reset')).at(-1));
  const newPassword = 'another horse battery';
  dataOf(
    await auth
      .as(null)
      .execute('mutation ($t: String!, $p: String!) { resetPassword(token: $t, newPassword: $p) { ok } }', {
        t: token,
        p: newPassword,
      }),
  );
  dataOf(await auth.logIn(input.email, newPassword));
});

it('stores no name that was tried', async () => {
  await failures('My Secret Passw0rd', 1);
  const { rows } = await auth.db.query('SELECT string_agg(key, $1) AS keys FROM rate_limit', [' ']);
  expect(rows[0].keys).not.toMatch(/secret|192\.0\.2/i);
});
