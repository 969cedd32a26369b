import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import type { Logger } from '@socialhub/platform/log';
import { migrate } from '@socialhub/prisma/migrate';
import { provision } from '@socialhub/prisma/provision';
import { startPostgres } from '@socialhub/servers/embedded-postgres';
import { freePort } from '@socialhub/servers/ports';
import { type RabbitMqServer, startRabbitMq } from '@socialhub/servers/rabbitmq';
import { StartFault } from '@socialhub/servers/start-fault';
import { connect } from 'amqplib';
import pg from 'pg';
import type { S3Options, StartOptions } from './options.ts';
import { bucketName, keptCredentials } from './s3/object-storage.ts';
import type { Secrets } from './secrets.ts';
import { supervise } from './supervise.ts';

/** One line of what runs where. */
export interface Part {
  name: string;
  where: string;
}

const answerTimeoutMs = 5_000;

/** A started back end: what it is for, how to say where it is, how to stop it. */
interface Started<Value> {
  value: Value;
  part: Part;
  stop: () => Promise<void>;
}

const notOurs = async () => undefined;

/** Asks what runs already and was named, before anything is brought up for it to serve. Throws StartFault. */
export async function checkGiven({ databaseUrl, rabbitmqUrl, s3 }: StartOptions): Promise<void> {
  await Promise.all([
    databaseUrl && answeringPostgres(databaseUrl),
    rabbitmqUrl && answeringRabbitMq(rabbitmqUrl),
    s3?.endpoint && answeringHttp(s3.endpoint),
  ]);
}

/** The six databases, migrated, on the given server or an embedded one. */
export async function startDatabases(
  options: StartOptions,
  secrets: Secrets,
  log: Logger,
): Promise<Started<Record<ServiceName, string>>> {
  const server = options.databaseUrl
    ? { url: options.databaseUrl, stop: notOurs }
    : await startPostgres({ dataDir: join(options.home, 'postgres', 'data'), log });
  try {
    const urls = await provision({ ownerUrl: server.url, passwords: secrets.databasePasswords });
    await Promise.all(serviceNames.map((service) => migrate({ service, url: urls[service] })));
    const where = `${hostOf(server.url)}${options.databaseUrl ? ' (yours)' : ' (embedded)'}`;
    return { value: urls, part: { name: 'PostgreSQL', where }, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** RabbitMQ where it is asked for; null: the in-process broker. */
export async function startBroker(
  options: StartOptions,
  log: Logger,
): Promise<Started<{ url: string; server: RabbitMqServer | null } | null>> {
  if (options.rabbitmqUrl) {
    const url = options.rabbitmqUrl;
    return {
      value: { url, server: null },
      part: { name: 'RabbitMQ', where: `${hostOf(url)} (yours)` },
      stop: notOurs,
    };
  }
  if (!options.rabbitmq) {
    return { value: null, part: { name: 'Events', where: 'in this process' }, stop: notOurs };
  }
  const server = await startRabbitMq({ dataDir: join(options.home, 'rabbitmq'), log }).catch(
    (error: Error) => {
      throw new StartFault(error.message);
    },
  );
  const part = { name: 'RabbitMQ', where: `${hostOf(server.url)} (the installed one)` };
  return { value: { url: server.url, server }, part, stop: server.stop };
}

/** S3: the one that is named, or the local endpoint in a process of its own. */
export async function startStorage(options: StartOptions, log: Logger): Promise<Started<S3Options>> {
  if (options.s3) {
    const where = `${options.s3.endpoint} (yours)`;
    return { value: options.s3, part: { name: 'S3', where }, stop: notOurs };
  }
  const dataDir = join(options.home, 's3');
  const credentials = await keptCredentials(dataDir);
  const server = await supervise({
    name: 's3',
    main: 'infra/local/src/s3/main.ts',
    // The same port for as long as this runs: addresses that were signed name it.
    environment: { PORT: String(await freePort()), LOG_LEVEL: options.logLevel, DATA_DIR: dataDir },
    logDir: join(options.home, 'logs'),
    log,
  });
  return {
    value: {
      endpoint: server.url,
      publicEndpoint: undefined,
      bucket: bucketName,
      region: 'us-east-1',
      ...credentials,
    },
    part: { name: 'S3', where: `${server.url} (local files)` },
    stop: server.stop,
  };
}

async function answeringPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: answerTimeoutMs });
  // pg tells of a refused connection by rejecting; a later 'error' event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new StartFault(
      `DATABASE_URL: no PostgreSQL answers at ${hostOf(url)} (${reasonOf(error)}): start it, or correct the URL.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function answeringRabbitMq(url: string): Promise<void> {
  try {
    const connection = await connect(url, { timeout: answerTimeoutMs });
    await connection.close();
  } catch (error) {
    throw new StartFault(
      `RABBITMQ_URL: no RabbitMQ answers at ${hostOf(url)} (${reasonOf(error)}): start it, or correct the URL.`,
    );
  }
}

async function answeringHttp(url: string): Promise<void> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
  } catch (error) {
    throw new StartFault(
      `S3_ENDPOINT: nothing answers at ${url} (${reasonOf(error)}): start it, or correct the URL.`,
    );
  }
}

/** Host and port alone: a URL may hold a password. */
function hostOf(url: string): string {
  return new URL(url).host;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause ? reasonOf(error.cause) : (error.message.split('\n')[0] ?? 'no reason given');
}
