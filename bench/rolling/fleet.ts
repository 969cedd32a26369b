import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabases, startStorage } from '@socialhub/local/backends';
import type { Runnable } from '@socialhub/local/layout';
import { readOptions, type StartOptions } from '@socialhub/local/options';
import { loadSecrets } from '@socialhub/local/secrets';
import {
  type Backends,
  gatewayEnvironment,
  subgraphEnvironment,
  webIdentityKeys,
} from '@socialhub/local/service-environment';
import { type Supervised, supervise } from '@socialhub/local/supervise';
import { buildIfStale } from '@socialhub/local/web/build';
import { startWeb } from '@socialhub/local/web/start';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { createLogger } from '@socialhub/platform/log';
import { startPostgres } from '@socialhub/servers/embedded-postgres';
import { freePort } from '@socialhub/servers/ports';
import { appendPrivately, closeHome, makePrivateFolder } from '@socialhub/servers/private-files';
import { startRabbitMq } from '@socialhub/servers/rabbitmq';
import { type Balancer, startBalancer } from './balancer.ts';
import type { Part } from './matrix.ts';

/** Every service and the gateway in so many processes each, behind a balancer each, as a production has them. */
export interface Fleet {
  gatewayUrl: string;
  webUrl: string | null;
  logDir: string;
  /** The database of each service, as its own role. */
  databases: Record<ServiceName, string>;
  names: readonly Runnable[];
  copies: number;
  /** Requests that a balancer could not have answered. */
  refused(): number;
  /** Starts a new process, waits until it is ready, and has the old one drain and stop. Gives how long the old one took. */
  replace(name: Runnable, copy: number): Promise<{ startMs: number; stopMs: number }>;
  /** kill -9: of all processes of a service, or of a server. */
  kill(part: Part): Promise<void>;
  killOne(name: Runnable, copy: number): Promise<void>;
  /** Starts again what was killed, and waits until it is ready. */
  revive(part: Part): Promise<void>;
  stop(): Promise<void>;
}

/** The load's own bounds would be measured otherwise. */
const gatewaySettings = {
  COST_PER_MINUTE: '0',
  REQUESTS_PER_MINUTE_PER_ADDRESS: '0',
  REQUESTS_PER_MINUTE_PER_VIEWER: '0',
  NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '0',
  NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '0',
  CONNECTIONS_PER_ADDRESS: '10000',
  SOCKETS_PER_ADDRESS: '10000',
};
/** In which a balancer that looks four times a second has noticed. */
const drainDelayMs = '2000';

const settings = (web: boolean, home: string, databaseUrl: string): StartOptions => ({
  ...readOptions([], {}, home),
  home,
  web,
  logLevel: 'warn',
  databaseUrl,
  operatorSettings: {
    gateway: { ...gatewaySettings, DRAIN_DELAY_MS: drainDelayMs },
    auth: { REGISTRATIONS_PER_ADDRESS: '1000000' },
    // What is kept for visitors would hide what is away.
    web: { WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '0', WEB_KEEP_PUBLIC_SECONDS: '0' },
  },
});

export async function startFleet({ copies, web = false }: { copies: number; web?: boolean }): Promise<Fleet> {
  const closing = new AsyncDisposableStack();
  try {
    return await bringUp(copies, web, closing);
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

async function bringUp(copies: number, web: boolean, closing: AsyncDisposableStack): Promise<Fleet> {
  const home = mkdtempSync(join(tmpdir(), 'socialhub-rolling-'));
  closing.defer(() => rmSync(home, { recursive: true, force: true }));
  closeHome(home);
  const logDir = join(home, 'logs');
  makePrivateFolder(logDir);
  const file = appendPrivately(join(logDir, 'fleet.log'));
  closing.defer(() => new Promise<void>((resolve) => file.end(resolve)));
  const log = createLogger({ level: 'warn', to: file });
  if (web) await buildIfStale({ log });

  const dataDir = join(home, 'postgres', 'data');
  let postgres = await startPostgres({ dataDir, log });
  closing.defer(() => postgres.stop());
  const rabbitmq = await startRabbitMq({ dataDir: join(home, 'rabbitmq'), log });
  closing.defer(() => rabbitmq.stop());
  const options = settings(web, home, postgres.url);
  const secrets = loadSecrets(home);
  const databases = await startDatabases(options, secrets, log);
  const storage = await startStorage(options, log);
  closing.defer(() => storage.stop());
  const webPort = await freePort();
  const backends: Backends = {
    secrets,
    databases: databases.value,
    rabbitmqUrl: rabbitmq.url,
    s3: storage.value,
    logLevel: options.logLevel,
    mailDir: join(home, 'mail'),
    webUrl: `http://localhost:${webPort}`,
    operatorSettings: options.operatorSettings,
  };

  const balancers = new Map<Runnable, Balancer>();
  const names: readonly Runnable[] = [...serviceNames, 'gateway'];
  for (const name of names) {
    // As on AWS: a load balancer before the gateway, Service Connect by connections before the services.
    const balancer = await startBalancer(name === 'gateway' ? 'http' : 'tcp');
    balancers.set(name, balancer);
    closing.defer(() => balancer.close());
  }
  const urlOf = (name: Runnable) => balancers.get(name)?.url ?? '';
  const subgraphs = Object.fromEntries(serviceNames.map((name) => [name, urlOf(name)])) as Record<
    ServiceName,
    string
  >;
  const running = new Map<Runnable, (Supervised | undefined)[]>(names.map((name) => [name, []]));
  let started = 0;

  const start = async (name: Runnable): Promise<Supervised> => {
    started += 1;
    const port = await freePort();
    const environment =
      name === 'gateway'
        ? gatewayEnvironment({ port, webPort, subgraphs }, backends)
        : { ...subgraphEnvironment(name, port, backends), DRAIN_DELAY_MS: drainDelayMs };
    const main = name === 'gateway' ? 'gateway/src/main.ts' : `subgraphs/${name}/src/main.ts`;
    const one = await supervise({ name: `${name}-${started}`, main, environment, logDir, log });
    closing.defer(() => one.stop());
    await balancers.get(name)?.add(one.url);
    return one;
  };
  const killOne = async (name: Runnable, copy: number) => {
    const one = running.get(name)?.[copy];
    await one?.kill();
    running.get(name)?.splice(copy, 1, undefined);
    // A balancer finds out by itself, which is what is looked at; it forgets it when its successor comes.
    if (one) setTimeout(() => balancers.get(name)?.remove(one.url), 10_000).unref();
  };

  for (let copy = 0; copy < copies; copy += 1) {
    for (const name of names) running.get(name)?.push(await start(name));
  }

  let webUrl: string | null = null;
  if (web) {
    const mediaOrigin = new URL(storage.value.publicEndpoint ?? storage.value.endpoint ?? '').origin;
    const site = await startWeb({
      port: webPort,
      gatewayUrl: urlOf('gateway'),
      mediaOrigin,
      identityKeys: webIdentityKeys(secrets),
      settings: options.operatorSettings.web ?? {},
      log,
    });
    closing.defer(() => site.stop());
    webUrl = site.url;
  }

  return {
    gatewayUrl: urlOf('gateway'),
    databases: databases.value,
    webUrl,
    logDir,
    names,
    copies,
    refused: () => [...balancers.values()].reduce((sum, balancer) => sum + balancer.refused, 0),
    async replace(name, copy) {
      const old = running.get(name)?.[copy];
      const began = performance.now();
      const successor = await start(name);
      const ready = performance.now();
      await old?.stop();
      if (old) balancers.get(name)?.remove(old.url);
      running.get(name)?.splice(copy, 1, successor);
      return { startMs: ready - began, stopMs: performance.now() - ready };
    },
    killOne,
    async kill(part) {
      if (part === 'rabbitmq') return rabbitmq.kill();
      if (part === 'postgresql') {
        const [pid] = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
        process.kill(Number(pid), 'SIGKILL');
        return;
      }
      for (const copy of (running.get(part) ?? []).keys()) await killOne(part, copy);
    },
    async revive(part) {
      if (part === 'rabbitmq') return rabbitmq.restart();
      if (part === 'postgresql') {
        const port = Number(new URL(postgres.url).port);
        await postgres.stop();
        postgres = await startPostgres({ dataDir, port, log });
        return;
      }
      for (const [copy, one] of (running.get(part) ?? []).entries()) {
        if (!one) running.get(part)?.splice(copy, 1, await start(part));
      }
    },
    stop: () => closing.disposeAsync(),
  };
}
