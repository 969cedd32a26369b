import { type ChannelModel, connect } from 'amqplib';
import pg from 'pg';
import * as z from 'zod';
import { readEnv } from '../../config.ts';
import { type ServiceName, serviceNames } from '../../contracts/services.ts';
import { createLogger } from '../../log.ts';
import { replicas } from '../../replicas/replicas.ts';
import { differencesText, verifyReplica } from '../../replicas/verify.ts';
import type { DeadLetter } from '../broker.ts';
import { OUTBOX_CHANNEL } from '../outbox.ts';
import { createRabbitMqBroker } from './broker.ts';
import { findTraces, listStatus, type Reach, statusText } from './event-status.ts';
import { findOpen } from './layout.ts';
import { listDepths } from './queue-depths.ts';
import { doublePartitions } from './raise-partitions.ts';
import { consumingServices, namesIn } from './topology.ts';

/**
 * The operator's view of events that services could not apply: `npm run events -- dead [service]` lists them,
 * `status` says how far each service is, `show` where an event is, `verify` how copies depart from their owners, and `npm run events -- replay <service> [id...]` has them delivered again. RABBITMQ_URL names the broker that keeps
 * dead letters, POST_DATABASE_URL and the like the outboxes that keep those of the all-in-one process; each
 * may come from a file (RABBITMQ_URL_FILE), as in the containers of the services.
 */
const usage = `Usage: npm run events -- status [service]
       npm run events -- dead [service]
       npm run events -- show <event id>
       npm run events -- replay <service> [event id...]
       npm run events -- verify [service] [replica]
       npm run events -- double   (twice as many partitions)
with RABBITMQ_URL, or <SERVICE>_DATABASE_URL (POST_DATABASE_URL ...), or both in the environment.
Services: ${serviceNames.join(', ')}`;

const settings = z.object(
  Object.fromEntries(
    ['RABBITMQ_URL', ...serviceNames.map((name) => `${name.toUpperCase()}_DATABASE_URL`)].map((variable) => [
      variable,
      z.string().optional(),
    ]),
  ),
);

class UsageError extends Error {}

try {
  await run(process.argv.slice(2), readEnv(settings, process.env));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? `${error.message}\n${usage}` : faultOf(error)}\n`);
  process.exitCode = 1;
}

async function run([command, service, ...ids]: string[], env: NodeJS.ProcessEnv): Promise<void> {
  if (command === 'show' && service) return show(service, env);
  if (service !== undefined && !isService(service)) throw new UsageError(`There is no service "${service}".`);
  if (!env.RABBITMQ_URL && !serviceNames.some((name) => databaseUrl(env, name))) {
    throw new UsageError('Neither RABBITMQ_URL nor a <SERVICE>_DATABASE_URL is set.');
  }
  if (command === 'status') return status(service ? [service] : serviceNames, env);
  if (command === 'dead') return list(service ? [service] : serviceNames, env);
  if (command === 'replay' && service) return replay(service, ids, env);
  if (command === 'verify') return verify(service ? [service] : serviceNames, ids[0], env);
  if (command === 'double') return double(env);
  throw new UsageError(command ? `"${command}" needs something else.` : 'Say what to do.');
}

async function list(services: readonly ServiceName[], env: NodeJS.ProcessEnv): Promise<void> {
  let count = 0;
  for (const service of services) {
    const letters = [...(await inRabbitMq(service, env)), ...(await inOutbox(service, env))];
    count += letters.length;
    for (const { id, type, subject, error, failedAt } of letters) {
      print(`${service}  ${id}  ${failedAt.toISOString()}  ${type} of ${subject}\n    ${error}`);
    }
  }
  print(count === 1 ? '1 dead letter' : `${count} dead letters`);
}

async function replay(service: ServiceName, ids: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const wanted = ids.length > 0 ? ids : undefined;
  const fromRabbitMq = await withBroker(env, (broker) =>
    consumingServices.includes(service) ? broker.replay(service, wanted) : Promise.resolve(0),
  );
  const fromOutbox = await withDatabase(env, service, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE outbox SET dead_at = NULL WHERE dead_at IS NOT NULL AND ($1::text[] IS NULL OR event_id::text = ANY($1))`,
      [wanted ?? null],
    );
    await client.query('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, '']);
    return rowCount ?? 0;
  });
  print(`${(fromRabbitMq ?? 0) + (fromOutbox ?? 0)} to be delivered again`);
}

function reachOf(env: NodeJS.ProcessEnv): Reach {
  return {
    inDatabase: (service, ask) => withDatabase(env, service, ask),
    depthsOf: (service) =>
      consumingServices.includes(service)
        ? withRabbitMq(env, async (connection) => {
            const names = namesIn('socialhub');
            return listDepths(connection, names, service, await findOpen(connection, names));
          })
        : Promise.resolve(undefined),
  };
}

async function status(services: readonly ServiceName[], env: NodeJS.ProcessEnv): Promise<void> {
  for (const one of await listStatus(reachOf(env), services)) print(statusText(one));
}

/** How the copies of these services depart from what their owners have; exits with 1 where one does. */
async function verify(
  services: readonly ServiceName[],
  wanted: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const chosen = services.flatMap((service) =>
    replicas[service]
      .filter(({ name }) => wanted === undefined || name === wanted)
      .map((replica) => ({ service, replica })),
  );
  if (chosen.length === 0) throw new UsageError('There is no such replica.');
  for (const { service, replica } of chosen) {
    const found = await withDatabase(env, replica.owner, (owner) =>
      withDatabase(env, service, (copy) => verifyReplica(replica, { owner, copy })),
    );
    print(differencesText(service, replica, found));
    if (found && found.missing + found.superfluous + found.different > 0) process.exitCode = 1;
  }
}

/** Where an event is, and what is in it while somebody has it. */
async function show(id: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw new UsageError(`"${id}" is no event id.`);
  const traces = await findTraces(reachOf(env), id);
  for (const service of env.RABBITMQ_URL ? consumingServices : []) {
    const letter = (await inRabbitMq(service, env)).find((one) => one.id === id);
    if (letter)
      traces.push(
        `${service} set it aside at ${letter.failedAt.toISOString()}: ${letter.type} of ${letter.subject}\n    ${letter.error}`,
      );
  }
  for (const trace of traces) print(trace);
  if (traces.length === 0) print('Nobody who was asked has it or has applied it lately.');
}

async function withRabbitMq<T>(
  env: NodeJS.ProcessEnv,
  work: (connection: ChannelModel) => Promise<T>,
): Promise<T | undefined> {
  if (!env.RABBITMQ_URL) return undefined;
  const connection = await connect(env.RABBITMQ_URL, { timeout: 4_000 });
  connection.on('error', () => {});
  return work(connection).finally(() => connection.close());
}

async function double(env: NodeJS.ProcessEnv): Promise<void> {
  if (!env.RABBITMQ_URL) throw new UsageError('RABBITMQ_URL is not set.');
  print('Waiting for what each service has in its partitions ...');
  const count = await withRabbitMq(env, (connection) => doublePartitions(connection, namesIn('socialhub')));
  print(`${count} partitions of each service`);
}

async function inRabbitMq(service: ServiceName, env: NodeJS.ProcessEnv): Promise<DeadLetter[]> {
  if (!consumingServices.includes(service)) return [];
  return (await withBroker(env, (broker) => broker.deadLetters(service))) ?? [];
}

/** What the service published and others, named in the error, could not apply. */
async function inOutbox(service: ServiceName, env: NodeJS.ProcessEnv): Promise<DeadLetter[]> {
  const rows = await withDatabase(env, service, async (client) => {
    const result = await client.query<Omit<DeadLetter, 'service'>>(
      `SELECT event_id AS id, name AS type, aggregate AS subject, coalesce(last_error, '') AS error, dead_at AS "failedAt"
       FROM outbox WHERE dead_at IS NOT NULL ORDER BY outbox.id LIMIT 1000`,
    );
    return result.rows;
  });
  return (rows ?? []).map((row) => ({ ...row, service }));
}

async function withBroker<T>(
  env: NodeJS.ProcessEnv,
  work: (broker: ReturnType<typeof createRabbitMqBroker>) => Promise<T>,
): Promise<T | undefined> {
  if (!env.RABBITMQ_URL) return undefined;
  const log = createLogger({ service: 'events', level: 'silent' });
  const broker = createRabbitMqBroker({ url: env.RABBITMQ_URL, log, connectTimeoutMs: 4_000 });
  try {
    await broker.connect();
    return await work(broker);
  } finally {
    await broker.close();
  }
}

async function withDatabase<T>(
  env: NodeJS.ProcessEnv,
  service: ServiceName,
  work: (client: pg.Client) => Promise<T>,
): Promise<T | undefined> {
  const url = databaseUrl(env, service);
  if (!url) return undefined;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
  });
  await client.connect();
  return work(client).finally(() => client.end());
}

function databaseUrl(env: NodeJS.ProcessEnv, service: ServiceName): string | undefined {
  return env[`${service.toUpperCase()}_DATABASE_URL`] || undefined;
}

function isService(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}

function faultOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `That did not work: ${text}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
