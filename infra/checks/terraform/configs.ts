import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@socialhub/platform/config';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';

/** What a process reads of its environment, by the names of variables. */
export interface Process {
  reads: ReadonlySet<string>;
  /** Of these, what is read without the process's own server: Vercel runs the web's pages alone. */
  readByPages: ReadonlySet<string>;
  /** Without these it does not start. */
  required: ReadonlySet<string>;
  /** What whoever runs SocialHub may choose, and need not. */
  chosen: ReadonlySet<string>;
}

export const processNames = [...serviceNames, 'gateway', 'web', 'prepare'] as const;
export type ProcessName = ServiceName | 'gateway' | 'web' | 'prepare';

interface Config {
  readConfig(env: NodeJS.ProcessEnv): unknown;
  operatorSettings?: Record<string, unknown>;
}

const root = join(import.meta.dirname, '../../..');
// The pages take it out of the web's configuration, where no server signs before them.
const signedWith = ['IDENTITY_KEYS'];
// Of every process that has them.
const chosenOfAll = ['LOG_LEVEL', 'METRICS_PORT', 'DRAIN_DELAY_MS'];

const files: Record<ProcessName, string> = {
  ...(Object.fromEntries(serviceNames.map((name) => [name, `subgraphs/${name}/src/config.ts`])) as Record<
    ServiceName,
    string
  >),
  gateway: 'gateway/src/config.ts',
  web: 'web/config.ts',
  prepare: 'infra/docker/prepare-config.ts',
};

/** Asks the `readConfig` of a process what it reads. */
export async function readProcess(name: ProcessName): Promise<Process> {
  const { readConfig, operatorSettings = {} } = (await import(join(root, files[name]))) as Config;
  const reads = new Set<string>();
  const env = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get: (_, variable) => {
        if (typeof variable === 'string' && !variable.endsWith('_FILE')) reads.add(variable);
        return undefined;
      },
    },
  );
  const required = new Set<string>();
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) required.add(/^(\w+) is missing/.exec(fault)?.[1] ?? fault);
  }
  // Next reads some itself, where the page needs them.
  const pages = new Set(name === 'web' ? [...readByPages(), ...signedWith] : []);
  for (const variable of pages) reads.add(variable);
  const chosen = [...Object.keys(operatorSettings), ...chosenOfAll.filter((variable) => reads.has(variable))];
  return { reads, readByPages: pages, required, chosen: new Set(chosen) };
}

/** All of them, by name. */
export async function readProcesses(): Promise<Map<ProcessName, Process>> {
  const read = processNames.map(async (name) => [name, await readProcess(name)] as const);
  return new Map(await Promise.all(read));
}

function readByPages(): string[] {
  return globSync('web/src/**/*.{ts,tsx}', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/process\.env\.(\w+)/g)]
      .map(([, variable = '']) => variable)
      .filter((variable) => variable !== 'NODE_ENV' && variable !== 'NEXT_RUNTIME'),
  );
}
