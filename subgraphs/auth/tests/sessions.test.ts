import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, startAuth, viewerOf } from './auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const revoke = (viewer: Parameters<typeof auth.as>[0], sessionId: string) =>
  auth
    .as(viewer)
    .execute(`mutation ($id: ID!) { revokeSession(sessionId: $id) { ${account} } }`, { id: sessionId });

it('ends one session of several and tells the gateways', async () => {
  const { input, viewer } = await auth.register();
  const other = dataOf(await auth.logIn(input.username)).logIn;
  const otherId = viewerOf(other.tokens.accessToken).sessionId;
  const { sessions } = dataOf(await revoke(viewer, otherId)).revokeSession.account;
  expect(sessions).toMatchObject([{ id: viewer.sessionId, current: true }]);
  expectError(await auth.refresh(other.tokens.refreshToken), 'UNAUTHENTICATED');
  await auth.settle();
  await until(() => auth.revoked.length > 0);
  expect(auth.revoked).toEqual([{ sessionId: otherId }]);
});

it('knows no session of somebody else, none that is over, and none that never was', async () => {
  const [mine, theirs] = [await auth.register(), await auth.register()];
  expectError(await revoke(mine.viewer, theirs.viewer.sessionId), 'NOT_FOUND');
  dataOf(await auth.refresh(theirs.tokens.refreshToken));
  const over = viewerOf(dataOf(await auth.logIn(mine.input.email)).logIn.tokens.accessToken).sessionId;
  dataOf(await revoke(mine.viewer, over));
  expectError(await revoke(mine.viewer, over), 'NOT_FOUND');
  expectError(await revoke(mine.viewer, '018f0000-0000-7000-8000-000000000000'), 'NOT_FOUND');
  expectError(await revoke(mine.viewer, 'x'), 'BAD_USER_INPUT', 'sessionId');
  expectError(await revoke(null, over), 'UNAUTHENTICATED');
});

it('takes no orders from a session that has ended, though its access token has not', async () => {
  const { input, viewer } = await auth.register();
  const other = viewerOf(dataOf(await auth.logIn(input.email)).logIn.tokens.accessToken);
  dataOf(await revoke(viewer, other.sessionId));
  expectError(await revoke(other, viewer.sessionId), 'UNAUTHENTICATED');
  expectError(await auth.as(other).execute(`{ ${account} }`), 'UNAUTHENTICATED');
});
