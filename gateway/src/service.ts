import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError } from '@socialhub/platform/config';
import type { Broker, Json } from '@socialhub/platform/events/broker';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq-broker';
import { createHttpServer } from '@socialhub/platform/http';
import { createLogger, type Logger } from '@socialhub/platform/log';
import type { Service } from '@socialhub/platform/service';
import { createAccessTokenVerifier } from './access-token.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { createCors } from './cors.ts';
import { createEngine, defaultLimits } from './engine/index.ts';
import { createExplorer } from './explorer.ts';
import { createFormatError, passedCodes } from './format-error.ts';
import { createHttpEdge } from './http-edge.ts';
import { createIdentityHeaders } from './identity-headers.ts';
import { createOperations } from './operations.ts';
import { createRevokedSessions } from './revoked-sessions.ts';
import { createWebSocketEdge } from './web-socket-edge.ts';

export { readConfig } from './config.ts';

/** The live topic on which the auth service tells of ended sessions, with `{ sessionId }`. */
export const sessionRevokedTopic = 'session_revoked';

/** Makes SocialHub's gateway: the engine, and what this product puts around it. */
export function createGateway(
  config: GatewayConfig,
  overrides: { broker?: Broker; log?: Logger } = {},
): Service {
  const log = overrides.log ?? createLogger({ service: 'gateway', level: config.logLevel });
  const broker = overrides.broker ?? ownBroker(config, log);
  const formatError = createFormatError({ log, hideSuggestions: config.isProduction });
  const engine = createEngine<GatewayContext>({
    supergraphFile: config.supergraphFile,
    log,
    ...createIdentityHeaders(config.identityKeys),
    signalOf: (context) => context.signal,
    errorCodes: passedCodes,
    urlOf: (subgraph, url) => {
      const base = new Map(Object.entries(config.subgraphs)).get(subgraph);
      return base ? `${base}/graphql` : url;
    },
  });
  const operations = createOperations({
    engine,
    limits: defaultLimits,
    introspection: config.introspection,
    isProduction: config.isProduction,
    formatError,
    log,
  });
  const revoked = createRevokedSessions();
  const tokens = createAccessTokenVerifier({
    jwksUrl: `${config.subgraphs.auth}/.well-known/jwks.json`,
    ...config.jwt,
    revoked,
    log,
  });
  const cors = createCors(config.corsOrigins);
  const explorer = createExplorer({ enabled: config.introspection, log });
  const edge = { operations, verify: tokens.verify, cors, trustedProxies: config.trustedProxies };
  const http = createHttpServer({
    log,
    // A subgraph that is down costs its own fields; the gateway is ready without it.
    ready: async () => true,
    handle: createHttpEdge({ ...edge, other: explorer.serve }),
  });

  // What is up, in the order in which it came up; taken down from the end.
  const up: (() => unknown)[] = [];
  let stopping: Promise<void> | undefined;

  async function bringUp(): Promise<{ url: string }> {
    up.push(() => tokens.stop());
    if (broker) {
      if (!overrides.broker) {
        up.push(() => broker.close());
        await broker.connect();
      }
      up.push(await broker.listen(sessionRevokedTopic, (payload) => hearRevoked(payload, revoked.add, log)));
    }
    await explorer.prepare();
    up.push(() => engine.close());
    await operations.start();
    up.push(() => operations.stop());
    const url = await http.listen(config.host, config.port);
    const sockets = createWebSocketEdge({ ...edge, server: http.server, revoked, formatError, log });
    up.push(async () => {
      http.notReady();
      await delay(config.drainDelayMs);
      await Promise.all([http.close(), sockets.close()]);
    });
    log.info({ url }, 'started');
    return { url };
  }

  async function takeDown(): Promise<void> {
    for (const stop of up.reverse()) {
      try {
        await stop();
      } catch (error) {
        log.error({ err: error }, 'a part did not stop cleanly');
      }
    }
    log.info('stopped');
  }

  const stop = () => {
    stopping ??= takeDown();
    return stopping;
  };

  return {
    name: 'gateway',
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

/** Sessions end with their tokens; over a broker the gateway hears of those that end sooner. */
function ownBroker(config: GatewayConfig, log: Logger): Broker | undefined {
  if (config.rabbitmqUrl) return createRabbitMqBroker({ url: config.rabbitmqUrl, log });
  if (config.isProduction) throw new ConfigError(['RABBITMQ_URL is missing']);
  log.warn('without RABBITMQ_URL an ended session is noticed only when its access token expires');
  return undefined;
}

function hearRevoked(payload: Json | undefined, add: (sessionId: string) => void, log: Logger): void {
  const sessionId =
    typeof payload === 'object' && payload !== null && !Array.isArray(payload)
      ? payload.sessionId
      : undefined;
  if (typeof sessionId === 'string') add(sessionId);
  else log.warn('signals of ended sessions may have been missed');
}
