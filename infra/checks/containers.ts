import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Process, readProcesses } from './terraform/configs.ts';

/** What the rules compare: the texts of the files that Docker reads, and what processes read. */
export interface Containers {
  compose: string;
  override: string;
  server: string;
  processes: ReadonlyMap<string, Process>;
}

interface Container {
  build?: unknown;
  image?: string;
  command?: string[];
  networks?: string[];
  network_mode?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: (string | { source: string; volume?: { subpath?: string } })[];
  restart?: string;
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  logging?: { options?: Record<string, string> };
  healthcheck?: { disable?: boolean; interval?: string };
}

type Named = readonly [name: string, container: Container];

const containersIn = (text: string): Named[] =>
  // The tag !reset, which empties a list, is Docker's own.
  Object.entries(
    (parse(text, { merge: true, logLevel: 'error' }) as { services: Record<string, Container> }).services,
  );

/** What a container may need of the capabilities that all drop, and why. */
const capabilities: Readonly<Record<string, string>> = {
  caddy: 'it listens at 80 and 443',
  s3: 'its start gives /data to the user that it then becomes',
};

const hardening: readonly (readonly [what: string, holds: (one: Container) => boolean])[] = [
  ['read_only', (one) => one.read_only === true],
  ['cap_drop: [ALL]', (one) => one.cap_drop?.join() === 'ALL'],
  ['no-new-privileges', (one) => one.security_opt?.includes('no-new-privileges:true') ?? false],
  ['mem_limit', (one) => one.mem_limit !== undefined],
  ['pids_limit', (one) => one.pids_limit !== undefined],
  ['init', (one) => one.init === true],
  ['logging with max-size', (one) => one.logging?.options?.['max-size'] !== undefined],
];

function hardeningFaults([name, one]: Named): string[] {
  return [
    ...hardening.filter(([, holds]) => !holds(one)).map(([what]) => `${name}: has no ${what}`),
    ...(one.cap_add && !(name in capabilities) ? [`${name}: adds capabilities`] : []),
  ];
}

/** An image is built by one service; whoever else runs it does not look for it elsewhere. */
function buildFaults(all: readonly Named[]): string[] {
  const builders = Map.groupBy(
    all.filter(([, { build }]) => build),
    ([, { image }]) => image,
  );
  return [...builders].flatMap(([image, [, ...more]]) =>
    more.map(([name]) => `${name}: builds ${image} once more`),
  );
}

const secret = /(PASSWORD|SECRET|KEYS?|KEY_ID|DATABASE_URL|OWNER_URL|RABBITMQ_URL|SMTP_URL)$/;

function secretFaults([name, { environment = {}, volumes = [] }]: Named): string[] {
  const open = Object.keys(environment).filter((variable) => secret.test(variable));
  const mounted = volumes.flatMap((volume) => {
    // Whoever makes them has all.
    if (typeof volume === 'string')
      return volume.startsWith('secrets:') && name !== 'secrets' ? ['all of them'] : [];
    return volume.source === 'secrets' ? [volume.volume?.subpath ?? 'all of them'] : [];
  });
  return [
    ...open.map((variable) => `${name}: ${variable} is no file`),
    ...mounted.filter((folder) => folder !== name).map((folder) => `${name}: reads the secrets of ${folder}`),
  ];
}

function portFaults([name, { ports = [] }]: Named): string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as compose writes it
  const own = '${BIND:-127.0.0.1}:${';
  return ports
    .filter((port) => !port.startsWith(own))
    .map((port) => `${name}: publishes ${port} to everybody`);
}

/** Those of whom others are told, by the variables that tell of them. */
const asked: Readonly<Record<string, readonly string[]>> = {
  postgres: ['DATABASE_URL_FILE', 'OWNER_URL_FILE'],
  rabbitmq: ['RABBITMQ_URL_FILE'],
  s3: ['S3_ENDPOINT'],
  gateway: ['GATEWAY_URL'],
};

/** Whether the first container is told of the second; the gateway is told of each service by its name. */
const asks = ([from, { environment = {} }]: Named, [name]: Named): boolean =>
  (asked[name] ?? (from === 'gateway' ? [`${name.toUpperCase()}_URL`] : [])).some(
    (variable) => variable in environment,
  );

/** Two containers are in one network if one asks the other; services may meet, since the gateway asks all of them. */
function networkFaults(all: readonly Named[], override: readonly Named[]): string[] {
  const networks = new Map(override.map(([name, one]) => [name, new Set(one.networks)]));
  const open = all.filter(([, { network_mode }]) => network_mode !== 'none');
  const isService = (one: Named) => open.some((gateway) => gateway[0] === 'gateway' && asks(gateway, one));
  return open.flatMap((one, at) => {
    const own = networks.get(one[0]);
    if (!own) return [`compose.override.yaml: ${one[0]} is in no network of its own`];
    return open.slice(at + 1).flatMap((other) => {
      const meet = [...(networks.get(other[0]) ?? [])].some((network) => own.has(network));
      const need = asks(one, other) || asks(other, one);
      if (need && !meet) return [`compose.override.yaml: ${one[0]} and ${other[0]} don’t reach each other`];
      // Whoever asks the same database stands in its network too.
      const beside = [one, other].every(
        (each) => isService(each) || ['gateway', 'prepare'].includes(each[0]),
      );
      return meet && !need && !beside
        ? [`compose.override.yaml: ${one[0]} and ${other[0]} need not meet`]
        : [];
    });
  });
}

/** On a server Caddy alone is reached from outside, and nobody is told what they do not read. */
function serverFaults(all: readonly Named[], server: readonly Named[], { processes }: Containers): string[] {
  const changed = new Map(server);
  const open = all.filter(([name, { ports }]) => ports && changed.get(name)?.ports?.length !== 0);
  const published = server.filter(([name, { ports = [] }]) => name !== 'caddy' && ports.length > 0);
  return [
    ...server.filter(([, { image }]) => image).flatMap(hardeningFaults),
    ...[...open, ...published].map(([name]) => `compose.server.yaml: ${name} is reached past Caddy`),
    ...server.flatMap(([name, { environment = {} }]) =>
      Object.keys(environment)
        .filter((variable) => processes.get(name)?.reads.has(variable.replace(/_FILE$/, '')) === false)
        .map((variable) => `compose.server.yaml: ${name} does not read ${variable}`),
    ),
  ];
}

/** One sentence for each fault of the containers. */
export function containerFaults(whole: Containers): string[] {
  const all = containersIn(whole.compose);
  return [
    ...all.flatMap((one) => [...hardeningFaults(one), ...secretFaults(one), ...portFaults(one)]),
    ...buildFaults(all),
    ...networkFaults(all, containersIn(whole.override)),
    ...serverFaults(all, containersIn(whole.server), whole),
  ];
}

/** The files as they are, and what the processes read. */
export async function readContainers(): Promise<Containers> {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  return {
    compose: read('compose.yaml'),
    override: read('compose.override.yaml'),
    server: read('compose.server.yaml'),
    processes: await readProcesses(),
  };
}

if (import.meta.main) {
  const faults = containerFaults(await readContainers());
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
