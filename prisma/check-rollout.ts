import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { ServiceName } from '@socialhub/platform/contracts/services';
import { runCommand, say } from './command.ts';
import { readMigrations } from './migration-list.ts';
import { type RunningVersion, rolloutFaults, uniquesMadeBy } from './rollout-rules.ts';
import { readSchemaTables } from './schema-tables.ts';
import { migrationsPath, root, servicesWithSchema } from './services.ts';

/**
 * `npm run check:rollout [-- --deployed <git ref>]`: no new migration harms the version that runs while it is applied. Without a
 * ref that is the last release's tag.
 */

/** Where nothing is deployed: older ones were never applied beside a version that ran. */
const judgedFrom = '20261201000000';

/** Gives a sentence for each statement of a new migration that takes something from the version at `deployed`; null: nothing is deployed. */
export async function checkRollout(deployed: string | null): Promise<string[]> {
  const faults: string[] = [];
  for (const service of servicesWithSchema()) {
    const applied = deployed ? new Set(migrationsAt(deployed, service)) : null;
    const { migrationDirectories } = await readMigrations(migrationsPath(service));
    const fresh = migrationDirectories.filter(({ path }) =>
      applied ? !applied.has(path) : path >= judgedFrom,
    );
    if (fresh.length === 0) continue;
    const made = migrationDirectories
      .filter(({ path }) => applied?.has(path))
      .flatMap(({ migrationFile }) => uniquesMadeBy(migrationFile.content.value));
    const running = deployed ? versionAt(deployed, service, new Set(made)) : null;
    for (const { path, migrationFile } of fresh) {
      const migration = { name: `prisma/${service}/migrations/${path}`, sql: migrationFile.content.value };
      faults.push(...rolloutFaults(migration, running));
    }
  }
  return faults;
}

const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const migrationsAt = (ref: string, service: ServiceName): string[] =>
  git('ls-tree', '--name-only', `${ref}:prisma/${service}/migrations`).split('\n');

function versionAt(ref: string, service: ServiceName, uniques: ReadonlySet<string>): RunningVersion {
  // Every line with a letter: all that its sources say, in one call.
  const sources = git(
    'grep',
    '-hI',
    '[a-z]',
    ref,
    '--',
    `subgraphs/${service}/src/*.ts`,
    'platform/src/*.ts',
  );
  return {
    tables: readSchemaTables(git('show', `${ref}:prisma/${service}/schema.prisma`)),
    words: new Set(sources.match(/\w+/g)),
    uniques,
  };
}

/** The last release, as far as this copy of the repository knows of any. */
function lastRelease(): string | null {
  try {
    return git('describe', '--tags', '--match', 'v[0-9]*', '--abbrev=0').trim();
  } catch {
    return null;
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    const { values } = parseArgs({ options: { deployed: { type: 'string' } } });
    const deployed = values.deployed || lastRelease();
    const faults = await checkRollout(deployed);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    say(`New migrations leave the running version (${deployed ?? 'none is deployed'}) what it needs`);
  });
}
