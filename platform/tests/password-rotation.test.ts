import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '@socialhub/platform/config';
import { createDatabase } from '@socialhub/platform/database/database';
import { isDatabaseUnavailable } from '@socialhub/platform/database/database-errors';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';

const role = `rotated_${randomBytes(4).toString('hex')}`;
const client = { $transaction: async () => undefined, $disconnect: async () => undefined };
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let owner: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase('user');
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'first'`);
  await owner.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(owner.database ?? '')} TO ${role}`);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
  const server = new pg.Client({ connectionString: database.url.replace(/[^/]+$/, 'postgres') });
  await server.connect();
  await server.query(`DROP ROLE ${role}`).finally(() => server.end());
});

it('a password that changes while connections are open costs nothing until they end, and then it is the database that is away', async () => {
  const url = new URL(database.url);
  [url.username, url.password] = [role, 'first'];
  const db = createDatabase(url.href, () => client, createLogger({ level: 'silent' }));
  try {
    await db.ping();
    await owner.query(`ALTER ROLE ${role} PASSWORD 'second'`);
    await db.ping();

    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    const refused = async () => db.pool.query('SELECT 1').catch((error: unknown) => error);
    await expect.poll(refused).toMatchObject({ code: '28P01' });
    expect(isDatabaseUnavailable(await refused())).toBe(true);

    await owner.query(`ALTER ROLE ${role} PASSWORD 'first'`);
    await db.ping();
  } finally {
    await db.close();
  }
});

it('a password that its file says meanwhile is taken at the next connection, also by who listens', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'socialhub-rotation-'));
  const file = join(folder, 'database_url');
  const say = (password: string) => {
    const url = new URL(database.url);
    [url.username, url.password] = [role, password];
    writeFileSync(file, `${url.href}\n`);
  };
  await owner.query(`ALTER ROLE ${role} PASSWORD 'first'`);
  say('first');
  const { DATABASE_URL } = readEnv(z.object({ DATABASE_URL: z.string() }), { DATABASE_URL_FILE: file });
  const db = createDatabase(DATABASE_URL, () => client, createLogger({ level: 'silent' }));
  try {
    let heard = 0;
    await db.listen('rotated', () => {
      heard += 1;
    });
    await db.ping();
    await owner.query(`ALTER ROLE ${role} PASSWORD 'second'`);
    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    const ask = async () =>
      db.pool.query('SELECT 1').then(
        () => 'answers',
        (error: { code?: string }) => error.code,
      );
    await expect.poll(ask).toBe('28P01');
    // As one sees it that is being written.
    writeFileSync(file, '');
    expect(await ask()).toBe('28P01');

    say('second');
    expect(await ask()).toBe('answers');
    const notified = async () => {
      await owner.query("SELECT pg_notify('rotated', '')");
      return heard > 0;
    };
    await expect.poll(notified, { timeout: 20_000 }).toBe(true);
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
