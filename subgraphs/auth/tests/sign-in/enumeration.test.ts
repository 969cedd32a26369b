import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
} from '@socialhub/platform/identity/identity-signer';
import { masterKeys } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logInMutation, mutation, newcomer, registerMutation, startAuth } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth({}, { passwords: 'real' });
});
afterAll(() => auth.stop());

const sign = createIdentitySigner(deriveIdentityKeys(masterKeys, 'auth'), 'auth');
/** In letters, so that no answer differs by its length. */
const sameLength = (text: string) => text.replace(/[a-z]/g, (letter) => (letter === 'z' ? 'y' : 'z'));

/** All that a client can see of an answer, but for when it came. */
async function wholeAnswer(query: string, variables: object) {
  const response = await fetch(`${auth.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [IDENTITY_HEADER]: sign({ viewer: null, client: { ipAddress: '192.0.2.1', userAgent: 'test' } }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { date: _when, 'x-request-id': _which, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, text: await response.text() };
}

const logIn = (identifier: string) =>
  wholeAnswer(logInMutation, { input: { identifier, password: 'not the password' } });
const requestReset = (email: string) =>
  wholeAnswer(mutation('requestPasswordReset', 'sent'), { input: { email } });
const register = (input: object) => wholeAnswer(registerMutation, { input: { ...newcomer(), ...input } });

it('a sign-in that fails is answered alike whether there is such an account or not, by either name', async () => {
  const { input } = await auth.register();
  const known = await logIn(input.username);
  expect(known.text).toContain('UNAUTHENTICATED');
  expect(await logIn(input.email)).toEqual(known);
  for (const nobody of ['nobody', 'nobody@example.com', 'not a name', '@', '', 'аda', 'x'.repeat(10_000)]) {
    expect(await logIn(nobody)).toEqual(known);
  }
});

it('a suspended account is none to those who have not its password', async () => {
  const { input, account } = await auth.register();
  await auth.db.query("UPDATE account SET suspended_at = now(), suspended_reason = 'spam' WHERE id = $1", [
    account.id,
  ]);
  expect(await logIn(input.username)).toEqual(await logIn('nobody'));
});

it('too many failures are answered alike whether there is such an account or not', async () => {
  const { input } = await auth.register();
  const names = [input.username, sameLength(input.username)];
  for (let failure = 0; failure < 10; failure += 1) for (const name of names) await logIn(name);
  const [known, nobody] = await Promise.all(names.map(logIn));
  expect(known?.text).toContain('RATE_LIMITED');
  const withoutSeconds = (text = '') => text.replace(/"retryAfter":\d+/, '');
  expect(withoutSeconds(known?.text)).toBe(withoutSeconds(nobody?.text));
});

it('a reset is answered alike whether there is such an account or not', async () => {
  const { input } = await auth.register();
  const known = await requestReset(input.email);
  for (const nobody of ['nobody2@example.com', 'no address', '']) {
    expect(await requestReset(nobody)).toEqual(known);
  }
});

it('a registration under a name that is taken says nothing of the address', async () => {
  const [one, other] = [await auth.register(), await auth.register()];
  const known = await register({ username: one.input.username, email: other.input.email });
  expect(known.text).toContain('input.username');
  expect(await register({ username: one.input.username })).toEqual(known);
  expect(await register({ username: one.input.username, email: one.input.email })).toEqual(known);
});

it('a registration with an address that is taken costs whoever tries it a name of their own', async () => {
  const { input } = await auth.register();
  const { rows: before } = await auth.db.query('SELECT count(*)::int AS accounts FROM account');
  expectError(
    await auth.as(null).execute(registerMutation, { input: { ...newcomer(), email: input.email } }),
    'CONFLICT',
    'input.email',
  );
  const free = newcomer();
  dataOf(await auth.as(null).execute(registerMutation, { input: free }));
  const { rows: after } = await auth.db.query('SELECT count(*)::int AS accounts FROM account');
  expect(after[0].accounts - before[0].accounts).toBe(1);
  // And whose address it is hears of it.
  expect(await auth.mailsTo(free.email)).toHaveLength(1);
});
