import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { pendingChanges, type Source, writeMigration } from '../new-migration.ts';
import { urlOfService, withDatabase } from '../urls.ts';

const server = inject('databaseUrl');
const database = `test_${randomBytes(4).toString('hex')}`;
const url = withDatabase(server, database);
let folder: string;
let source: Source;

const head = `
generator client {
  provider = "prisma-client"
  output   = "generated"
}
datasource db {
  provider = "postgresql"
}`;
const person = 'id String @id @db.Uuid\n name String';

beforeEach(async () => {
  await query(server, `CREATE DATABASE "${database}"`);
  folder = await mkdtemp(join(tmpdir(), 'socialhub-migrations-'));
  source = { schema: join(folder, 'schema.prisma'), migrations: join(folder, 'migrations') };
  await writeModel(person);
});

afterEach(async () => {
  await query(server, `DROP DATABASE "${database}" WITH (FORCE)`);
  await rm(folder, { recursive: true, force: true });
});

async function writeModel(fields: string, rest = ''): Promise<void> {
  await writeFile(source.schema, `${head}\nmodel Person {\n ${fields}\n @@map("people")\n}\n${rest}`);
}

async function writeSql(name: string, sql: string): Promise<void> {
  await mkdir(join(source.migrations, name), { recursive: true });
  await writeFile(join(source.migrations, name, 'migration.sql'), sql);
}

async function query(to: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: to, connectionTimeoutMillis: 5_000 });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

const apply = () => migrate({ service: 'post', url, folder: source.migrations });

test('a schema becomes a migration, which makes the tables and is recorded as Prisma does', async () => {
  const written = await writeMigration(source, 'init', server);
  expect(basename(written)).toMatch(/^20\d{12}_init$/);
  expect(await readFile(join(source.migrations, 'migration_lock.toml'), 'utf8')).toContain('"postgresql"');
  expect(await apply()).toEqual({ applied: [basename(written)] });
  expect(await query(url, 'SELECT id, name FROM people')).toEqual([]);
  const [row] = await query(url, 'SELECT migration_name, finished_at, checksum FROM _prisma_migrations');
  expect(row).toMatchObject({ migration_name: basename(written), finished_at: expect.any(Date) });
  expect(row?.checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(await apply()).toEqual({ applied: [] });
});

test('a change becomes the next migration, with the difference alone', async () => {
  await writeSql(
    '20250101000000_init',
    'CREATE TABLE "people" ("id" UUID PRIMARY KEY, "name" TEXT NOT NULL);',
  );
  await apply();
  await query(url, "INSERT INTO people VALUES (gen_random_uuid(), 'Ada')");
  await writeModel(
    `${person}\n friendId String? @map("friend_id") @db.Uuid\n friend Person? @relation("f", fields: [friendId], references: [id], onDelete: Cascade)\n friends Person[] @relation("f")`,
  );
  const sql = await readFile(join(await writeMigration(source, 'friends', server), 'migration.sql'), 'utf8');
  expect(sql).toContain('ADD COLUMN     "friend_id" UUID');
  expect(sql).not.toContain('CREATE TABLE');
  expect((await apply()).applied).toHaveLength(1);
  expect(await query(url, 'SELECT name, friend_id FROM people')).toEqual([{ name: 'Ada', friend_id: null }]);
  expect(await pendingChanges(source, server)).toBeNull();
});

test('without a change there is nothing to write, and a name that does not fit is refused', async () => {
  await writeMigration(source, 'init', server);
  await expect(writeMigration(source, 'again', server)).rejects.toThrow(/there is nothing to write/);
  await writeModel(`${person}\n age Int?`);
  await expect(writeMigration(source, '../Age', server)).rejects.toThrow(/is no name for a migration/);
  expect((await readdir(source.migrations)).filter((name) => name !== 'migration_lock.toml')).toHaveLength(1);
});

test('a schema that says something else than its migrations is found, with the SQL between them', async () => {
  await writeMigration(source, 'init', server);
  expect(await pendingChanges(source, server)).toBeNull();
  await writeModel(`${person}\n\n @@index([name])`);
  expect(await pendingChanges(source, server)).toContain('CREATE INDEX "people_name_idx"');
});

test('what Prisma cannot say may stand in a migration: a check, a partial index, a function', async () => {
  await writeMigration(source, 'init', server);
  await writeSql(
    '29990101000000_by_hand',
    `ALTER TABLE people ADD CONSTRAINT named CHECK (name <> '');
     CREATE INDEX people_short ON people (name) WHERE length(name) < 9;
     CREATE INDEX people_lower ON people (lower(name));
     CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;`,
  );
  expect(await pendingChanges(source, server)).toBeNull();
  expect((await apply()).applied).toHaveLength(2);
  expect(await query(url, 'SELECT one()')).toEqual([{ one: 1 }]);
});

test('two processes that migrate at once apply each migration once', async () => {
  await writeSql(
    '20250101000000_slow',
    'SELECT pg_sleep(0.2); CREATE TABLE "people" ("id" UUID PRIMARY KEY);',
  );
  const all = await Promise.all([apply(), apply(), apply()]);
  expect(all.flatMap(({ applied }) => applied)).toEqual(['20250101000000_slow']);
  expect(await query(url, 'SELECT count(*)::int AS n FROM _prisma_migrations')).toEqual([{ n: 1 }]);
});

test('a migration that fails is named with its reason, leaves nothing, and applies once it is mended', async () => {
  const name = '20250101000000_people';
  await writeSql(name, 'CREATE TABLE "people" ("id" UUID); CREATE TABLE "pets" ("id" NONSENSE);');
  for (const _attempt of [1, 2]) {
    await expect(apply()).rejects.toThrow(`Migrating post failed: ${name}:`);
    await expect(apply()).rejects.toThrow(/type "nonsense" does not exist/);
  }
  expect(await query(url, "SELECT to_regclass('people') AS people")).toEqual([{ people: null }]);
  await writeSql(name, 'CREATE TABLE "people" ("id" UUID); CREATE TABLE "pets" ("id" UUID);');
  expect(await apply()).toEqual({ applied: [name] });
});

test('a migration whose process was killed is applied by the next run', async () => {
  await writeSql('20250101000000_people', 'CREATE TABLE "people" ("id" UUID);');
  await apply();
  const name = '20250102000000_pets';
  await writeSql(name, 'CREATE TABLE "pets" ("id" UUID); SELECT pg_sleep(0);');
  // What a killed run leaves: the engine has noted that it began, the server has undone the rest.
  await query(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
     VALUES (gen_random_uuid()::text, 'x', '${name}', now(), 0)`,
  );
  expect(await apply()).toEqual({ applied: [name] });
  expect(await query(url, 'SELECT * FROM pets')).toEqual([]);
  expect(await apply()).toEqual({ applied: [] });
});

test('a run waits for what the server still does of one that was killed', async () => {
  await writeSql('20250101000000_people', 'CREATE TABLE "people" ("id" UUID);');
  const [holder, left] = [
    new pg.Client({ connectionString: url }),
    new pg.Client({ connectionString: url, application_name: 'socialhub-migrate' }),
  ];
  await Promise.all([holder.connect(), left.connect()]);
  await holder.query('SELECT pg_advisory_lock(1)');
  const work = left.query('SELECT pg_advisory_lock(1)');
  const begun = async (what: string): Promise<unknown> => {
    const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    return (await query(url, `SELECT query_start::text AS at ${others} AND ${what}`))[0]?.at;
  };
  await expect.poll(() => begun("state = 'active' AND application_name = 'socialhub-migrate'")).toBeTruthy();
  const applying = apply();
  // It asks, and asks again.
  const asks = () => begun("query LIKE '%application_name = $1%'");
  await expect.poll(asks).toBeTruthy();
  const first = await asks();
  await expect
    .poll(async () => {
      const now = await asks();
      return typeof now === 'string' && now !== first;
    })
    .toBe(true);
  expect(await query(url, "SELECT to_regclass('people') AS name")).toEqual([{ name: null }]);
  await holder.query('SELECT pg_advisory_unlock(1)');
  await Promise.all([work, applying]);
  await Promise.all([holder.end(), left.end()]);
});

test('a killed migration with transactions of its own is told, for a person to look at', async () => {
  await writeSql('20250101000000_people', 'CREATE TABLE "people" ("id" UUID);');
  await apply();
  const name = '20250102000000_index';
  await writeSql(name, 'CREATE INDEX CONCURRENTLY "i" ON "people" ("id");');
  await query(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
     VALUES (gen_random_uuid()::text, 'x', '${name}', now(), 0)`,
  );
  await expect(apply()).rejects.toThrow(new RegExp(`${name}.*failed`, 's'));
});

test('a failed migration with transactions of its own blocks the next ones, for a person to look at', async () => {
  const name = '20250101000000_own';
  await writeSql(name, 'BEGIN; CREATE TABLE "people" ("id" UUID); COMMIT; SELECT nonsense;');
  await expect(apply()).rejects.toThrow(/nonsense/);
  await writeSql('20250102000000_next', 'CREATE TABLE "pets" ("id" UUID);');
  await expect(apply()).rejects.toThrow(new RegExp(`${name}.*failed`, 's'));
  expect(await query(url, "SELECT to_regclass('pets') AS pets")).toEqual([{ pets: null }]);
});

test('a schema that is wrong is reported with its line', async () => {
  await writeModel('id Strin @id');
  await expect(pendingChanges(source, server)).rejects.toThrow(/Strin/);
});

test('no connection and no scratch database is left behind', async () => {
  await writeMigration(source, 'init', server);
  await apply();
  // In a moment: a connection is not gone the instant it ends. Other tests have scratch databases on this server for longer, without a dash.
  const left = `
    SELECT datname FROM pg_database WHERE datname LIKE 'scratch_%-%'
    UNION ALL SELECT datname FROM pg_stat_activity WHERE datname = '${database}'`;
  await expect.poll(() => query(server, left)).toEqual([]);
});

test('a service finds its database by its own variable, or on the server of DATABASE_URL', () => {
  const env = { DATABASE_URL: 'postgresql://o:p@db:5432/postgres', CHAT_DATABASE_URL: 'postgresql://c@x/y' };
  expect(urlOfService('post', env)).toBe('postgresql://o:p@db:5432/post_db');
  expect(urlOfService('chat', env)).toBe('postgresql://c@x/y');
  expect(() => urlOfService('auth', {})).toThrow(/Set AUTH_DATABASE_URL, or DATABASE_URL/);
});
