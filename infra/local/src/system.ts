import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import type { Broker } from '@socialhub/platform/events/broker';
import { createInProcessBroker } from '@socialhub/platform/events/in-process-broker';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import { createLogger, type Logger } from '@socialhub/platform/log';
import { checkPort, freePort } from '@socialhub/servers/ports';
import { appendPrivately, makePrivateFolder } from '@socialhub/servers/private-files';
import { checkGiven, type Part, startBroker, startDatabases, startStorage } from './backends.ts';
import { addDemo, type DemoPerson } from './demo/add-demo.ts';
import { lockHome } from './home-lock.ts';
import type { Layout, Runnable } from './layout.ts';
import { oneProcess } from './one-process.ts';
import type { StartOptions } from './options.ts';
import { processEach } from './process-each.ts';
import { loadSecrets } from './secrets.ts';
import {
  type Backends,
  gatewayEnvironment,
  subgraphEnvironment,
  webIdentityKeys,
} from './service-environment.ts';
import { buildIfStale } from './web/build.ts';
import { startWeb } from './web/start.ts';

/** A running SocialHub. */
export interface System {
  gatewayUrl: string;
  webUrl: string | null;
  /** What runs where, for people to read. */
  parts: Part[];
  demo: DemoPerson[];
  logDir: string;
  /** Ends one service as a crash would; `revive` brings it back at the same address. */
  kill(name: Runnable): Promise<void>;
  revive(name: Runnable): Promise<void>;
  /** Restarts the RabbitMQ that this system started. Throws where it started none. */
  restartRabbitMq(): Promise<void>;
  stop(): Promise<void>;
}

/** Brings up every part, in an order that leaves nothing half-started: when one fails, what was up is taken down and the fault is thrown. */
export async function startSystem(options: StartOptions): Promise<System> {
  const closing = new AsyncDisposableStack();
  const stop = () => closing.disposeAsync();
  try {
    return await bringUp(options, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  options: StartOptions,
  closing: AsyncDisposableStack,
  stop: () => Promise<void>,
): Promise<System> {
  await checkPort(options.gatewayPort, 'GATEWAY_PORT');
  if (options.web) await checkPort(options.webPort, 'WEB_PORT');
  closing.defer(lockHome(options.home));
  await checkGiven(options);
  const secrets = loadSecrets(options.home);
  const logDir = join(options.home, 'logs');
  const log = fileLogger(logDir, options.logLevel, closing);

  // The web's build needs no other part and takes longest, so it starts first; what it throws is met below.
  const built = options.web ? buildIfStale({ log }) : Promise.resolve();
  built.catch(() => undefined);

  const [databases, broker, storage] = await allStarted(
    [startDatabases(options, secrets, log), startBroker(options, log), startStorage(options, log)] as const,
    closing,
  );
  const backends: Backends = {
    secrets,
    databases: databases.value,
    rabbitmqUrl: broker.value?.url,
    s3: storage.value,
    logLevel: options.logLevel,
    mailDir: join(options.home, 'mail'),
    // By name: browsers make passkeys for no address in numbers.
    webUrl: `http://localhost:${options.webPort}`,
    operatorSettings: options.operatorSettings,
  };
  const layout = await startLayout(options, backends, log, logDir, closing);
  const environments = new Map<Runnable, Record<string, string>>();
  const subgraphs = await startSubgraphs(layout, backends, environments);
  const gateway = gatewayEnvironment(
    { port: options.gatewayPort, webPort: options.webPort, subgraphs },
    backends,
  );
  environments.set('gateway', gateway);
  const gatewayUrl = await layout.start('gateway', gateway);

  let webUrl: string | null = null;
  if (options.web) {
    await built;
    const mediaOrigin = new URL(storage.value.publicEndpoint ?? storage.value.endpoint ?? gatewayUrl).origin;
    const web = await startWeb({
      port: options.webPort,
      gatewayUrl,
      mediaOrigin,
      identityKeys: webIdentityKeys(secrets),
      ...(options.operatorSettings.web && { settings: options.operatorSettings.web }),
      log,
    });
    closing.defer(() => web.stop());
    webUrl = backends.webUrl;
  }
  const demo = options.demo
    ? await addDemo({
        gatewayUrl,
        home: options.home,
        password: secrets.demoPassword,
        databases: backends.databases,
      })
    : [];

  return {
    gatewayUrl,
    webUrl,
    parts: [
      databases.part,
      broker.part,
      storage.part,
      { name: 'Services', where: layout.description },
      { name: 'Mail', where: options.operatorSettings.auth?.SMTP_URL ? 'by SMTP_URL' : backends.mailDir },
    ],
    demo,
    logDir,
    kill: (name) => layout.kill(name),
    async revive(name) {
      await layout.start(name, environments.get(name) ?? {});
    },
    async restartRabbitMq() {
      if (!broker.value?.server) throw new Error('this system started no RabbitMQ');
      await broker.value.server.restart();
    },
    stop,
  };
}

/** Waits for all of them, so that those which did start are taken down when another failed. */
async function allStarted<const T extends readonly Promise<{ stop: () => Promise<void> }>[]>(
  starting: T,
  closing: AsyncDisposableStack,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(starting);
  for (const result of settled) if (result.status === 'fulfilled') closing.defer(result.value.stop);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as never;
}

async function startLayout(
  options: StartOptions,
  backends: Backends,
  log: Logger,
  logDir: string,
  closing: AsyncDisposableStack,
): Promise<Layout> {
  if (options.processes) {
    const layout = processEach({ logDir, log });
    closing.defer(() => layout.stop());
    return layout;
  }
  const broker: Broker = backends.rabbitmqUrl
    ? createRabbitMqBroker({ url: backends.rabbitmqUrl, log })
    : createInProcessBroker({ log });
  closing.defer(() => broker.close());
  await broker.connect();
  const layout = oneProcess({ broker, log });
  closing.defer(() => layout.stop());
  return layout;
}

async function startSubgraphs(
  layout: Layout,
  backends: Backends,
  environments: Map<Runnable, Record<string, string>>,
): Promise<Record<ServiceName, string>> {
  const started = await Promise.allSettled(
    serviceNames.map(async (name) => {
      // A port of its own from the start, so that a service which comes back is where the gateway knows it.
      const environment = subgraphEnvironment(name, await freePort(), backends);
      environments.set(name, environment);
      return [name, await layout.start(name, environment)] as const;
    }),
  );
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(
    started.map((result) => (result as PromiseFulfilledResult<readonly [ServiceName, string]>).value),
  ) as Record<ServiceName, string>;
}

function fileLogger(logDir: string, level: string, closing: AsyncDisposableStack): Logger {
  makePrivateFolder(logDir);
  const file = appendPrivately(join(logDir, 'socialhub.log'));
  closing.defer(() => new Promise<void>((resolve) => file.end(resolve)));
  return createLogger({ level, to: file });
}
