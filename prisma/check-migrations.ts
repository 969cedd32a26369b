import { startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import { runCommand, say } from './command.ts';
import { pendingChanges, sourceOf } from './new-migration.ts';
import { parseServices, servicesWithSchema } from './services.ts';

/** `npm run check:migrations`: every schema says what its migrations say. */

/** Gives one sentence for each of the services whose schema and migrations differ, with the SQL between them. */
export async function checkMigrations(
  services = servicesWithSchema(),
  scratchUrl?: string,
): Promise<string[]> {
  if (scratchUrl === undefined) {
    const scratch = await startTemporaryPostgres();
    return checkMigrations(services, scratch.url).finally(scratch.stop);
  }
  const faults: string[] = [];
  for (const service of services) {
    const sql = await pendingChanges(sourceOf(service), scratchUrl);
    if (sql) {
      faults.push(
        `prisma/${service}/schema.prisma and its migrations differ. Run: npm run migration -- ${service} <name>\n${sql}`,
      );
    }
  }
  return faults;
}

if (import.meta.main) {
  await runCommand(async () => {
    const asked = process.argv.slice(2);
    const services = asked.length > 0 ? parseServices(asked) : servicesWithSchema();
    const faults = await checkMigrations(services);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    say(`Schema and migrations agree: ${services.join(', ')}`);
  });
}
