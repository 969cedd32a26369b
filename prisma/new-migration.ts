import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import { runCommand, say } from './command.ts';
import { everything, withEngine } from './engine.ts';
import { lockFile, lockText, readMigrations, readSchema } from './migration-list.ts';
import { migrationsPath, parseServices, schemaPath } from './services.ts';

/** `npm run migration -- <service> <name>`: writes the migration that brings the history up to the schema. */

/** Where a service's schema and history are. */
export interface Source {
  schema: string;
  migrations: string;
}

/** The schema and the history of a service. */
export const sourceOf = (service: ServiceName): Source => ({
  schema: schemaPath(service),
  migrations: migrationsPath(service),
});

/**
 * The SQL that leads from the migrations to the schema, null when they say the same. Replays the migrations in a
 * scratch database on the given server. Throws the engine's message when the schema or a migration is wrong.
 */
export async function pendingChanges(source: Source, scratchUrl: string): Promise<string | null> {
  const migrations = await readMigrations(source.migrations);
  const schema = await readSchema(source.schema);
  const { exitCode, stdout } = await withEngine(scratchUrl, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true,
      filters: everything,
    }),
  );
  return exitCode === 2 ? stdout : null;
}

/**
 * Writes `<timestamp>_<name>/migration.sql` and gives its folder. Throws a sentence when the schema has not changed or
 * the name does not fit.
 */
export async function writeMigration(source: Source, name: string, scratchUrl: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(name)) {
    throw new Error(
      `"${name}" is no name for a migration: use lower case, digits and _, e.g. add_post_language.`,
    );
  }
  const sql = await pendingChanges(source, scratchUrl);
  if (!sql) throw new Error(`${source.schema} says what its migrations say: there is nothing to write.`);
  const folder = join(source.migrations, `${timestamp(new Date())}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql, { flag: 'wx' });
  const lock = join(source.migrations, lockFile);
  if (!existsSync(lock)) await writeFile(lock, lockText);
  return folder;
}

const timestamp = (time: Date): string => time.toISOString().replace(/\D/g, '').slice(0, 14);

async function command(words: string[]): Promise<void> {
  const [word, name] = words;
  const [service] = word ? parseServices([word]) : [];
  if (!service || !name) throw new Error(`Usage: npm run migration -- <${serviceNames.join('|')}> <name>`);
  const source = sourceOf(service);
  if (!existsSync(source.schema)) throw new Error(`${source.schema} is not there.`);
  const scratch = await startTemporaryPostgres();
  try {
    const folder = await writeMigration(source, name, scratch.url);
    say(`Wrote ${join(folder, 'migration.sql')}. Read it before you commit it.`);
  } finally {
    await scratch.stop();
  }
}

if (import.meta.main) await runCommand(() => command(process.argv.slice(2)));
