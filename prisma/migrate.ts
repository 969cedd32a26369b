import type { ServiceName } from '@socialhub/platform/contracts/services';
import pg from 'pg';
import { runCommand, say } from './command.ts';
import { everything, withEngine } from './engine.ts';
import { readMigrations } from './migration-list.ts';
import { migrationsPath, parseServices } from './services.ts';
import { urlOfService } from './urls.ts';

/** `npm run migrate [-- service...]`: applies the migrations that the databases do not have yet. */

const lockWaitMs = 120_000;

/**
 * Applies a service's pending migrations to the database at `url` and gives their names. When several processes do it
 * at once, one applies and the others wait for it. Throws, naming service and migration, when SQL fails or an earlier
 * migration has failed. `folder` is for tests.
 */
export async function migrate(o: {
  service: ServiceName;
  url: string;
  folder?: string;
}): Promise<{ applied: string[] }> {
  const migrationsList = await readMigrations(o.folder ?? migrationsPath(o.service));
  if (migrationsList.migrationDirectories.length === 0) return { applied: [] };
  try {
    const { appliedMigrationNames } = await holdingLock(o.url, () =>
      withEngine(o.url, (engine) => engine.applyMigrations({ migrationsList, filters: everything })),
    );
    return { applied: appliedMigrationNames };
  } catch (cause) {
    throw new Error(`Migrating ${o.service} failed: ${(cause as Error).message}`, { cause });
  }
}

/** The lock lives on a connection of its own: it ends with this process, however that ends. */
async function holdingLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the work has connections of its own and reports what happens to them
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${lockWaitMs}`);
    await client.query("SELECT pg_advisory_lock(hashtextextended('socialhub.migrate', 0))");
    return await work();
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
