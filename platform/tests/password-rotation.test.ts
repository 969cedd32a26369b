import { randomBytes } from 'node:crypto';
import { createDatabase } from '@socialhub/platform/database/database';
import { isDatabaseUnavailable } from '@socialhub/platform/database/database-errors';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';

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
