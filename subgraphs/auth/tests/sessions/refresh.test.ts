import { createHash } from 'node:crypto';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAuth, viewerOf } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const hashOf = (token: string) => createHash('sha256').update(Buffer.from(token, 'base64url')).digest();
const refreshed = async (token: string) => dataOf(await auth.refresh(token)).refreshTokens.tokens;

/** As if this token had been used so long ago. */
const usedAgo = (token: string, seconds: number) =>
  auth.db.query(`UPDATE refresh_token SET used_at = now() - $2 * interval '1 second' WHERE hash = $1`, [
    hashOf(token),
    seconds,
  ]);

it('gives new tokens of the same session for the old one', async () => {
  const { tokens, viewer } = await auth.register();
  const next = await refreshed(tokens.refreshToken);
  expect(next.refreshToken).not.toBe(tokens.refreshToken);
  expect(viewerOf(next.accessToken)).toEqual(viewer);
  expect(Date.parse(next.accessTokenExpiresAt) - Date.now()).toBeLessThanOrEqual(900_000);
  const days = (Date.parse(next.refreshTokenExpiresAt) - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(30, 1);
  await refreshed(next.refreshToken);
});

it('gives thirty that race with one token the same successor, and it is good', async () => {
  const { tokens } = await auth.register();
  const pairs = await Promise.all(Array.from({ length: 30 }, () => refreshed(tokens.refreshToken)));
  expect(new Set(pairs.map((pair) => pair.refreshToken)).size).toBe(1);
  await refreshed(pairs[0].refreshToken);
  const { rows } = await auth.db.query(
    'SELECT count(*)::int AS unused FROM refresh_token WHERE used_at IS NULL AND hash = $1',
    [hashOf(pairs[0].refreshToken)],
  );
  expect(rows[0].unused).toBe(0);
});

it('forgives a second tab within ten seconds', async () => {
  const { tokens } = await auth.register();
  const first = await refreshed(tokens.refreshToken);
  await usedAgo(tokens.refreshToken, 8);
  const second = await refreshed(tokens.refreshToken);
  expect(second.refreshToken).toBe(first.refreshToken);
  await refreshed(first.refreshToken);
});

it('ends the session when a token is used again after that, and tells the gateways', async () => {
  const { tokens, viewer } = await auth.register();
  const next = await refreshed(tokens.refreshToken);
  await usedAgo(tokens.refreshToken, 11);
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
  expectError(await auth.refresh(next.refreshToken), 'UNAUTHENTICATED');
  await until(() => auth.revoked.length > 0);
  expect(auth.revoked).toEqual([{ sessionId: viewer.sessionId }]);
});

it('ends the session at once when a token comes back whose successor has been used', async () => {
  const { tokens } = await auth.register();
  const second = await refreshed(tokens.refreshToken);
  const third = await refreshed(second.refreshToken);
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
  expectError(await auth.refresh(third.refreshToken), 'UNAUTHENTICATED');
});

it('ends no other session of the account', async () => {
  const { tokens, input } = await auth.register();
  const mutation = `mutation ($input: LogInInput!) { logIn(input: $input) { tokens { refreshToken } } }`;
  const other = dataOf(
    await auth.as(null).execute(mutation, { input: { identifier: input.email, password: input.password } }),
  );
  await refreshed(tokens.refreshToken);
  await usedAgo(tokens.refreshToken, 60);
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
  await refreshed(other.logIn.tokens.refreshToken);
});

it('lets a session lapse that was not used', async () => {
  const { tokens, viewer } = await auth.register();
  await auth.db.query('UPDATE session SET expires_at = now() WHERE id = $1', [viewer.sessionId]);
  expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
});

it('never lets use carry a session past its end', async () => {
  const { tokens, viewer } = await auth.register();
  await auth.db.query(`UPDATE session SET ends_by = now() + interval '1 hour' WHERE id = $1`, [
    viewer.sessionId,
  ]);
  const next = await refreshed(tokens.refreshToken);
  expect(Date.parse(next.refreshTokenExpiresAt)).toBeLessThanOrEqual(Date.now() + 3_601_000);
});

it('takes the role that the account has now', async () => {
  const { tokens, account } = await auth.register();
  await auth.db.query(`UPDATE account SET role = 'MODERATOR' WHERE id = $1`, [account.id]);
  const next = await refreshed(tokens.refreshToken);
  expect(viewerOf(next.accessToken).role).toBe('MODERATOR');
});

it.each([[''], ['x'], ['a'.repeat(43)], ['a'.repeat(100_000)], ["' OR 1=1 --"]])(
  'refuses a token of another form (%#)',
  async (token) => {
    expectError(await auth.refresh(token), 'UNAUTHENTICATED');
  },
);

it('refuses an access token', async () => {
  const { tokens } = await auth.register();
  expectError(await auth.refresh(tokens.accessToken), 'UNAUTHENTICATED');
});

it('takes one statement', async () => {
  const { tokens, input } = await auth.register();
  await auth.allMailTo(input.email);
  expect(await auth.countQueries(() => auth.refresh(tokens.refreshToken))).toBe(1);
});
