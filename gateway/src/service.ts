import { ConfigError } from '@socialhub/platform/config';
import type { Broker, Json } from '@socialhub/platform/events/broker';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq-broker';
import { createLogger, type Logger } from '@socialhub/platform/log';
import type { Service } from '@socialhub/platform/service';
import { createAccessTokenVerifier } from './access-token.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { createDoors } from './doors.ts';
import { createEngine } from './engine/index.ts';
import { passedCodes } from './format-error.ts';
import { grantOf } from './grant.ts';
import { createIdentityHeaders } from './identity-headers.ts';
import { createOrderedService } from './ordered-service.ts';
import { createRevokedSessions } from './revoked-sessions.ts';
import { createSeen } from './seen.ts';
import { viewerKey } from './socket-session.ts';

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
  const seen = createSeen(config, log);
  const engine = createEngine<GatewayContext>({
    supergraph: config.supergraph,
    polling: { pollMs: config.supergraphPollMs },
    log,
    ...createIdentityHeaders(config.identityKeys),
    departureOf: (context) => context.signal,
    viewerKeyOf: ({ viewer }) => viewer && viewerKey(viewer),
    grantOf: config.unauthorized === 'filter' ? grantOf : undefined,
    errorCodes: passedCodes,
    watchFetch: seen.watchFetch,
    fetchOf: (subgraph) => ({
      timeoutMs: config.subgraphTimeouts.get(subgraph) ?? config.subgraphTimeoutMs,
    }),
    urlOf: (subgraph, url) => {
      const base = new Map(Object.entries(config.subgraphs)).get(subgraph);
      return base ? `${base}/graphql` : url;
    },
  });
  const revoked = createRevokedSessions();
  const tokens = createAccessTokenVerifier({
    jwksUrl: `${config.subgraphs.auth}/.well-known/jwks.json`,
    ...config.jwt,
    revoked,
    log,
  });
  const doors = createDoors({ engine, settings: config, verify: tokens.verify, revoked, seen, log });

  return createOrderedService('gateway', log, async (onStop) => {
    onStop(() => tokens.stop());
    if (broker) {
      if (!overrides.broker) {
        onStop(() => broker.close());
        await broker.connect();
      }
      onStop(await broker.listen(sessionRevokedTopic, (payload) => hearRevoked(payload, revoked.add, log)));
    }
    return doors.open(onStop);
  });
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
