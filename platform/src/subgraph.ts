import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import type { PrismaPg } from '@prisma/adapter-pg';
import { parse } from 'graphql';
import { ConfigError, type ServiceConfig } from './config.ts';
import type { ServiceName } from './contracts/services.ts';
import { createDatabase, type Database, type TransactionalClient } from './database.ts';
import { CodedError } from './errors.ts';
import type { Broker } from './events/broker.ts';
import { type Consumer, startConsumers } from './events/consumer.ts';
import { createLive } from './events/live.ts';
import { startPurge } from './events/purge.ts';
import { createRabbitMqBroker } from './events/rabbitmq/broker.ts';
import { startRelay } from './events/relay.ts';
import { withGlobalIds } from './global-ids/schema.ts';
import { sendError, sendJson, whenGone } from './http/answer.ts';
import { BodyTooLargeError, readBody } from './http/body.ts';
import { createHttpServer, type Handler } from './http/server.ts';
import { createIdentityVerifier, IDENTITY_HEADER, type Identity } from './identity.ts';
import { createLogger, type Logger } from './log.ts';
import { boundPeers, usualPeerBounds } from './peers.ts';
import { targetOf } from './request-target.ts';
import { DateTime } from './scalars.ts';
import type { Service } from './service.ts';
import type { SubgraphContext } from './subgraph-context.ts';
import { createSubgraphOperations, readOperation } from './subgraph-operations.ts';
import { serveSubscriptions } from './subgraph-socket.ts';
import { startTasks, type Task } from './tasks.ts';

const maxBodyBytes = 4_000_000;

/** What the process that starts a service may hand it instead of the service's own. */
export interface ServiceOverrides {
  broker?: Broker;
  log?: Logger;
}

/** What a service's own start hook is given. */
export interface SubgraphDeps<Client> {
  db: Database<Client>;
  log: Logger;
}

/** One subgraph, described: what differs between the six. */
export interface SubgraphDefinition<
  Client extends TransactionalClient,
  Context extends SubgraphContext<Client>,
> {
  name: ServiceName;
  config: ServiceConfig;
  /** Where schema.graphql is. */
  schema: URL;
  /** Generated resolver types of the service fit; `DateTime` is added. */
  resolvers: object;
  createClient: (adapter: PrismaPg) => Client;
  /** Makes a request's (or a subscription event's) context out of what every service has. */
  context: (base: SubgraphContext<Client>) => Context;
  consumers: readonly Consumer<Client>[];
  /** Work in steps. */
  tasks?: readonly Task<Client>[];
  /** Paths beside /graphql, as `GET /path`, which answer without an identity. */
  routes?: Record<string, Handler>;
  /** Runs when the database answers and before requests are taken. What it returns runs at the end. */
  start?: (deps: SubgraphDeps<Client>) => Promise<(() => Promise<void>) | undefined>;
  /** Called when the service begins to stop: requests in hand that only wait need not wait any more. */
  beginStop?: () => void;
}

/**
 * Makes a subgraph: operations over HTTP, subscriptions over WebSocket, consumers, outbox relay, health.
 * `start` brings them up in an order in which nothing is lost, `stop` takes them down in the reverse one.
 */
export function createSubgraph<Client extends TransactionalClient, Context extends SubgraphContext<Client>>(
  definition: SubgraphDefinition<Client, Context>,
  overrides: ServiceOverrides = {},
): Service {
  const { name, config } = definition;
  const log = overrides.log ?? createLogger({ service: name, level: config.LOG_LEVEL });
  const broker = overrides.broker ?? ownBroker(config, log);
  const db = createDatabase(config.DATABASE_URL, definition.createClient, log);
  const live = createLive(broker);
  const verifyIdentity = createIdentityVerifier(config.IDENTITY_KEYS, name);
  const schema = withGlobalIds(
    buildSubgraphSchema([
      {
        typeDefs: parse(readFileSync(definition.schema, 'utf8')),
        resolvers: { ...definition.resolvers, DateTime } as GraphQLResolverMap<unknown>,
      },
    ]),
  );
  const operations = createSubgraphOperations(schema, log);

  const createContext = (identity: Identity, signal: AbortSignal): Context =>
    definition.context({
      viewer: identity.viewer,
      client: identity.client,
      askedAt: identity.askedAt ?? new Date(),
      db,
      log,
      live,
      signal,
    });

  const http = createHttpServer({
    log,
    ready: async () => broker.isReady() && (await answers(db)),
    handle: async (request, response) => {
      const { path } = targetOf(request);
      const route = definition.routes?.[`${request.method} ${path}`];
      if (route) return route(request, response);
      if (path !== '/graphql') return sendError(response, 404, 'NOT_FOUND', 'There is nothing here');
      await serveOperation(request, response);
    },
  });

  const peers = boundPeers(http.server, usualPeerBounds());

  async function serveOperation(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const identity = verifyIdentity(request.headers[IDENTITY_HEADER]);
      if (request.method !== 'POST') {
        return sendError(response, 405, 'BAD_USER_INPUT', 'Operations come by POST', { allow: 'POST' });
      }
      const operation = readOperation(await readBody(request, maxBodyBytes));
      const signal = whenGone(response);
      const by = { viewerId: identity.viewer?.userId ?? null, signal };
      const result = await operations.run(operation, createContext(identity, signal), by);
      sendJson(response, 'data' in result ? 200 : 400, result);
    } catch (error) {
      if (error instanceof CodedError) {
        const status = error.code === 'UNAUTHENTICATED' ? 401 : 400;
        // Node would read on to the end of a body that nobody wants, to keep the connection.
        const isRead = request.complete || isShort(request);
        return sendError(response, status, error.code, error.message, isRead ? {} : { connection: 'close' });
      }
      if (error instanceof BodyTooLargeError) {
        return sendError(response, 413, 'BAD_USER_INPUT', 'The body is too large', { connection: 'close' });
      }
      throw error;
    }
  }

  // What is up, in the order in which it came up; taken down from the end.
  const up: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;

  async function bringUp(): Promise<{ url: string }> {
    up.push(() => db.close());
    await db.ping();
    if (!overrides.broker) {
      up.push(() => broker.close());
      await broker.connect();
    }
    const stopOwn = await definition.start?.({ db, log });
    if (stopOwn) up.push(stopOwn);
    const consumers = await startConsumers({
      service: name,
      db,
      broker,
      consumers: definition.consumers,
      log,
    });
    up.push(() => consumers.stop());
    const tasks = await startTasks({ db, log, tasks: definition.tasks ?? [] });
    up.push(() => tasks.stop());
    const relay = await startRelay({ service: name, db, broker, log });
    up.push(() => relay.stop());
    const purge = startPurge({ db, log });
    up.push(() => purge.stop());
    const subscriptions = serveSubscriptions({
      http,
      peers,
      schema,
      operations,
      verifyIdentity,
      createContext,
    });
    const url = await http.listen(config.HOST, config.PORT);
    up.push(async () => {
      http.notReady();
      definition.beginStop?.();
      await subscriptions.close();
      await http.close();
    });
    log.info({ url }, 'started');
    return { url };
  }

  async function takeDown(): Promise<void> {
    for (const stop of up.reverse()) {
      await stop().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
    }
    log.info('stopped');
  }

  const stop = () => {
    stopping ??= takeDown();
    return stopping;
  };

  return {
    name,
    async start() {
      try {
        return await bringUp();
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}

const shortBytes = 16_384;
const isShort = ({ headers }: IncomingMessage) => Number(headers['content-length']) <= shortBytes;

function ownBroker(config: ServiceConfig, log: Logger): Broker {
  if (!config.RABBITMQ_URL) throw new ConfigError(['RABBITMQ_URL is missing']);
  return createRabbitMqBroker({ url: config.RABBITMQ_URL, log });
}

async function answers(db: { ping(): Promise<void> }): Promise<boolean> {
  try {
    await db.ping();
    return true;
  } catch {
    return false;
  }
}
