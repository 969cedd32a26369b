import { createDatabase } from '@socialhub/platform/database/database';
import { dataOf } from '@socialhub/platform/testing/until';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../src/store/client.ts';
import { purge } from '../src/tasks/purge.ts';
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
  const db = createDatabase(auth.config.DATABASE_URL, createClient, pino({ level: 'silent' }));
  try {
    await purge(db, auth.config.SESSION_IDLE_DAYS * 86_400);
  } finally {
    await db.close();
  }
  const left = async (sql: string) => (await auth.db.query(sql)).rows;
  expect(await left('SELECT session_id FROM refresh_token')).toEqual([
    { session_id: alive.viewer.sessionId },
  ]);
  expect(await left('SELECT id FROM session')).toEqual([{ id: alive.viewer.sessionId }]);
  dataOf(await auth.refresh(next.refreshToken));
});
