import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '@socialhub/platform/contracts/services';
import pg from 'pg';
import { runCommand, say } from './command.ts';
import { applicationName, everything, withEngine } from './engine.ts';
import { type MigrationList, readMigrations } from './migration-list.ts';
import { migrationsPath, parseServices } from './services.ts';
import { urlOfService } from './urls.ts';

/** `npm run migrate [-- service...]`: applies the migrations that the databases do not have yet. */

const lockWaitMs = 120_000;

/**
 * Applies a service's pending migrations to the database at `url` and gives their names. When several processes do it
 * at once, one applies and the others wait for it. A migration that fails, or whose process was killed, leaves nothing of itself, and
 * the next run tries it again. Throws, naming service, migration and reason. `folder` is for tests.
 */
export async function migrate(o: {
  service: ServiceName;
  url: string;
  folder?: string;
}): Promise<{ applied: string[] }> {
  const migrationsList = await readMigrations(o.folder ?? migrationsPath(o.service));
  if (migrationsList.migrationDirectories.length === 0) return { applied: [] };
  try {
    return await holdingLock(o.url, (client) => applyPending(o.url, migrationsList, client));
  } catch (cause) {
    throw new Error(`Migrating ${o.service} failed: ${(cause as Error).message}`, { cause });
  }
}

async function applyPending(url: string, migrationsList: MigrationList, client: pg.Client) {
  await othersEnded(client);
  return withEngine(url, async (engine) => {
    // Of a run that was cut off: we have the lock, so nobody is at it any more.
    const cutOff = await failedMigration(client);
    if (cutOff && isUndone(migrationsList, cutOff))
      await engine.markMigrationRolledBack({ migrationName: cutOff });
    try {
      const done = await engine.applyMigrations({ migrationsList, filters: everything });
      return { applied: done.appliedMigrationNames };
    } catch (error) {
      const name = await failedMigration(client);
      if (!name) throw error;
      if (isUndone(migrationsList, name)) await engine.markMigrationRolledBack({ migrationName: name });
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** The server works a statement off to its end whose process was killed: what comes of it is known then. */
async function othersEnded(client: pg.Client): Promise<void> {
  for (const end = performance.now() + lockWaitMs; performance.now() < end; await delay(200)) {
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1 AND state = 'active'`,
      [applicationName],
    );
    if (!rowCount) return;
  }
  throw new Error(`the statement of an earlier run is still at work after ${lockWaitMs / 1000} s`);
}

/** The server has undone the script of a migration that did not end, unless it says itself where its transactions end. */
function isUndone({ migrationDirectories }: MigrationList, name: string): boolean {
  const directory = migrationDirectories.find(({ path }) => path === name);
  return directory !== undefined && !/\b(COMMIT|CONCURRENTLY)\b/i.test(directory.migrationFile.content.value);
}

async function failedMigration(client: pg.Client): Promise<string | null> {
  const { rows: table } = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (!table[0]?.name) return null;
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
  return rows[0]?.migration_name ?? null;
}

/** The lock lives on a connection of its own: it ends with this process, however that ends. */
async function holdingLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the work has connections of its own and reports what happens to them
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${lockWaitMs}`);
    await client.query("SELECT pg_advisory_lock(hashtextextended('socialhub.migrate', 0))");
    return await work(client);
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    for (const service of parseServices(process.argv.slice(2))) {
      const { applied } = await migrate({ service, url: urlOfService(service, process.env) });
      say(`${service}: ${applied.length ? `applied ${applied.join(', ')}` : 'up to date'}`);
    }
  });
}
