import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProcesses } from './terraform/configs.ts';
import { silenceAgrees } from './terraform/idle.ts';
import { readModules } from './terraform/modules.ts';
import { leastPrivilege, policiesAreRead } from './terraform/permissions.ts';
import { portsAgree } from './terraform/ports.ts';
import { type Installation, secretFaults, serviceFaults, variableFaults } from './terraform/processes.ts';
import { callFaults, referenceFaults } from './terraform/references.ts';
import { described, encrypted, noSecretInState, tagged, unreachable } from './terraform/rules.ts';
import { type Schemas, schemaFaults } from './terraform/schema.ts';
import { wafStatements } from './terraform/waf.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const schemasOf = (file: string) =>
  (JSON.parse(read(`infra/checks/terraform/${file}`)) as { schemas: Schemas }).schemas;

/** What is compared; `texts` replaces files of infra/terraform, for tests. */
export async function readInstallation(texts: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const [modules, processes] = await Promise.all([
    readModules(join(root, 'infra/terraform'), texts),
    readProcesses(),
  ]);
  return {
    modules,
    processes,
    compose: read('compose.yaml'),
    dockerfile: read('infra/docker/Dockerfile'),
    dockerignore: read('.dockerignore'),
    rover: read('rover.yaml'),
  };
}

/** One sentence for each fault of infra/terraform, and of what has to agree with it. */
export function faultsOf(installation: Installation): string[] {
  const { modules } = installation;
  const schemas = { ...schemasOf('aws-schema.json'), ...schemasOf('other-schemas.json') };
  return [
    ...schemaFaults(modules, schemas),
    ...referenceFaults(modules, schemas),
    ...callFaults(modules),
    ...[
      described,
      tagged,
      encrypted,
      unreachable,
      leastPrivilege,
      policiesAreRead,
      noSecretInState,
      portsAgree,
      silenceAgrees,
      wafStatements,
    ].flatMap((rule) => rule(modules)),
    ...variableFaults(installation),
    ...secretFaults(installation),
    ...serviceFaults(installation),
  ];
}

if (import.meta.main) {
  const faults = faultsOf(await readInstallation());
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
