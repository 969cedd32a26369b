import { dataOf, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuthService } from '../src/service.ts';
import { startAuth } from './auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

it('removes what nobody can use any more, and nothing else', async () => {
  const [gone, alive] = [await auth.register(), await auth.register()];
  const next = dataOf(await auth.refresh(alive.tokens.refreshToken)).refreshTokens.tokens;
  await auth.db.query(`UPDATE session SET expires_at = now() - interval '2 days' WHERE id = $1`, [
    gone.viewer.sessionId,
  ]);
  await auth.db.query(
    `UPDATE refresh_token SET used_at = now() - interval '31 days' WHERE used_at IS NOT NULL`,
  );
  // A service that starts looks first.
  const instance = createAuthService(auth.config, { broker: auth.brokerBeside });
  await instance.start();
  try {
    const left = async () => (await auth.db.query('SELECT session_id FROM refresh_token')).rows;
    await until(async () => (await left()).length === 1);
    expect(await left()).toEqual([{ session_id: alive.viewer.sessionId }]);
    expect((await auth.db.query('SELECT id FROM session')).rows).toEqual([{ id: alive.viewer.sessionId }]);
  } finally {
    await instance.stop();
  }
  dataOf(await auth.refresh(next.refreshToken));
});
