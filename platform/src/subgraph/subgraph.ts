import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import type { PrismaPg } from '@prisma/adapter-pg';
import { parse } from 'graphql';
import { ConfigError, type ServiceConfig } from '../config.ts';
import type { ServiceName } from '../contracts/services.ts';
import { createDatabase, type Database, type TransactionalClient } from '../database/database.ts';
import { findDatabaseLoad, watchDatabaseLoad } from '../database/database-load.ts';
import type { Moment } from '../database/moment.ts';
import { startTasks, type Task } from '../durable-tasks/tasks.ts';
import type { Broker } from '../events/broker.ts';
import { connectInTime, patienceMs } from '../events/connect.ts';
import { type Consumer, startConsumers } from '../events/consumer.ts';
import { createLive, type Live } from '../events/live.ts';
import { startPurge } from '../events/purge.ts';
import { createRabbitMqBroker } from '../events/rabbitmq/broker.ts';
import { startRelay } from '../events/relay.ts';
import { withGlobalIds } from '../global-ids/schema.ts';
import { serveMetrics } from '../http/serve-metrics.ts';
import { createHttpServer, type Handler } from '../http/server.ts';
import type { Identity } from '../identity/identity.ts';
import { createIdentityVerifier } from '../identity/identity-verifier.ts';
import type { Service } from '../lifecycle/service.ts';
import { createStackedService } from '../lifecycle/stacked-service.ts';
import { trust } from '../lifecycle/trust.ts';
import { createLogger, type Logger } from '../log.ts';
import { watchPool } from '../metrics/pool-metrics.ts';
import { createLocalSubgraph, type LocalSubgraphs } from './local-subgraph.ts';
import { createOperationEndpoint } from './operation-endpoint.ts';
import { boundPeers, usualPeerBounds } from './peers.ts';
import { DateTime } from './scalars.ts';
import type { SubgraphContext } from './subgraph-context.ts';
import { createSubgraphHandler } from './subgraph-handler.ts';
import { createSubgraphOperations } from './subgraph-operations.ts';
import { serveSubscriptions } from './subgraph-socket.ts';

/** What the process that starts a service may hand it instead of the service's own. */
export interface ServiceOverrides {
  broker?: Broker;
  log?: Logger;
  /** Where subgraphs are found that a gateway in the same process calls without a socket. */
  locals?: LocalSubgraphs;
}

/** What a service makes its parts of; all of it works already. */
export interface SubgraphDeps<Client> {
  db: Database<Client>;
  log: Logger;
  broker: Broker;
  live: Live;
  /** Takes what has to be ended with the service, the last one first: when it stops, and when it does not come up. */
  closing: AsyncDisposableStack;
  /** Aborted when the service begins to stop: requests in hand that only wait need not wait any more. */
  stopping: AbortSignal;
}

/** What a service has beside its schema and resolvers. */
export interface SubgraphParts<Client, Context> {
  /** Makes a request's (or a subscription event's) context out of what every service has. */
  context: (base: SubgraphContext<Client>) => Context;
  consumers: readonly Consumer<Client>[];
  /** Work in steps. */
  tasks?: readonly Task<Client>[];
  /** Paths beside /graphql, as `GET /path`, which answer without an identity. */
  routes?: Record<string, Handler>;
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
  /** Makes the service's parts, once the database answers and before requests are taken. What it throws fails the start. */
  create: (
    deps: SubgraphDeps<Client>,
  ) => SubgraphParts<Client, Context> | Promise<SubgraphParts<Client, Context>>;
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
  const schema = withGlobalIds(
    buildSubgraphSchema([
      {
        typeDefs: parse(readFileSync(definition.schema, 'utf8')),
        resolvers: { ...definition.resolvers, DateTime } as GraphQLResolverMap<unknown>,
      },
    ]),
  );
  const operations = createSubgraphOperations(schema, log);
  const verifyIdentity = createIdentityVerifier(config.IDENTITY_KEYS, name);

  return createStackedService(name, log, async (closing, stopping) => {
    trust(config.CA_CERTIFICATES);
    const db = createDatabase(config.DATABASE_URL, definition.createClient, log);
    closing.defer('database', () => db.close());
    await db.ping();
    closing.defer('parts', watchPool(name, db.pool));
    closing.defer(
      'parts',
      watchDatabaseLoad(name, () => findDatabaseLoad(db.pool)),
    );
    if (config.METRICS_PORT !== undefined) {
      const metrics = await serveMetrics({ host: config.HOST, port: config.METRICS_PORT, log });
      closing.defer('parts', () => metrics.stop());
    }
    if (!overrides.broker) {
      closing.defer('broker', () => broker.close());
      closing.defer('broker', await connectInTime(name, broker, log));
    }
    const live = createLive(broker);
    const own = closing.stack('parts');
    const parts = await definition.create({ db, log, broker, live, closing: own, stopping });
    const work = createWork();
    closing.defer('work', () => work.stop());
    const consumers = await startConsumers({ service: name, db, broker, consumers: parts.consumers, log });
    work.add(consumers);
    const tasks = await startTasks({ service: name, db, log, tasks: parts.tasks ?? [] });
    work.add(tasks);
    const relay = await startRelay({ service: name, db, broker, log });
    work.add(relay);
    const purge = startPurge({ db, log });
    work.add(purge);

    const createContext = (identity: Identity, signal: AbortSignal, moment: Moment): Context =>
      parts.context({
        viewer: identity.viewer,
        client: identity.client,
        askedAt: identity.askedAt ?? new Date(),
        arrivedAt: performance.now(),
        db,
        log,
        live,
        moment,
        signal,
      });
    const endpoint = createOperationEndpoint({ operations, verifyIdentity, createContext });
    const http = createHttpServer({
      log,
      // Without its broker a service answers as ever: were it taken out for that, so would be all instances at once.
      ready: () => answers(db),
      degraded: () => (broker.isReady() ? [] : ['broker']),
      handle: createSubgraphHandler(endpoint, parts.routes ?? {}),
    });
    const peers = boundPeers(http.server, usualPeerBounds());
    const subscriptions = serveSubscriptions({
      service: name,
      http,
      peers,
      schema,
      operations,
      verifyIdentity,
      createContext,
      log,
    });
    const url = await http.listen(config.HOST, config.PORT);
    const takeDown = overrides.locals?.add(
      name,
      createLocalSubgraph({ endpoint, protocol: subscriptions.protocol, log }),
    );
    closing.defer('answers', () => Promise.all([takeDown?.(), subscriptions.close(), http.close()]));
    closing.defer('delay', () => {
      http.notReady();
      return delay(config.DRAIN_DELAY_MS ?? 0);
    });
    return url;
  });
}

/** What works beside requests, and stops at once, each part beside the others: none has less time for another. */
function createWork() {
  const parts: { stop(): Promise<void> }[] = [];
  return {
    add: (part: { stop(): Promise<void> }) => void parts.push(part),
    stop: () => Promise.all(parts.map((part) => part.stop())),
  };
}

function ownBroker(config: ServiceConfig, log: Logger): Broker {
  if (!config.RABBITMQ_URL) throw new ConfigError(['RABBITMQ_URL is missing']);
  return createRabbitMqBroker({ url: config.RABBITMQ_URL, log, connectTimeoutMs: patienceMs });
}

async function answers(db: { ping(): Promise<void> }): Promise<boolean> {
  try {
    await db.ping();
    return true;
  } catch {
    return false;
  }
}
