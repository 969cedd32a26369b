import { createEngine, type PlanningOptions } from '@socialhub/federation-engine';
import { ConfigError } from '@socialhub/platform/config';
import type { Broker, Json, SignalHandler } from '@socialhub/platform/events/broker';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import { roles } from '@socialhub/platform/identity';
import { createLogger, type Logger } from '@socialhub/platform/log';
import type { Service } from '@socialhub/platform/service';
import { createAccessTokenVerifier } from './access-token.ts';
import { type CatchUp, createCatchUp } from './catch-up.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { createDoors } from './doors.ts';
import { passedCodes } from './format-error.ts';
import { grantOf } from './grant.ts';
import { createIdentityHeaders } from './identity-headers.ts';
import type { KeyTimes } from './issuer-keys.ts';
import { createOrderedService } from './ordered-service.ts';
import { createSeen } from './seen.ts';
import { shareOf } from './shares.ts';
import { viewerKey } from './socket-session.ts';
import { readByLibrary } from './token-signature.ts';
import { createWithdrawnTokens, type WithdrawnTokens } from './withdrawn-tokens.ts';

export { readConfig } from './config.ts';

/** The live topics on which the auth service tells what its access tokens do not know yet. */
const topics = {
  /** `{ sessionId }` */
  sessionRevoked: 'session_revoked',
  /** `{ userId, role }` */
  roleChanged: 'role_changed',
} as const;

/** Makes SocialHub's gateway: the engine, and what this product puts around it. */
export function createGateway(
  config: GatewayConfig,
  overrides: {
    broker?: Broker;
    log?: Logger;
    keyTimes?: Partial<KeyTimes>;
    planning?: Partial<PlanningOptions>;
  } = {},
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
    shareOf,
    viewerKeyOf: ({ viewer }) => viewer && viewerKey(viewer),
    grantOf: config.unauthorized === 'filter' ? grantOf : undefined,
    errorCodes: passedCodes,
    watchFetch: seen.watchFetch,
    planning: { introspection: config.introspection, watch: seen.watchPlanning, ...overrides.planning },
    fetchOf: (subgraph) => ({
      timeoutMs: config.subgraphTimeouts.get(subgraph) ?? config.subgraphTimeoutMs,
    }),
    urlOf: (subgraph, url) => {
      const base = new Map(Object.entries(config.subgraphs)).get(subgraph);
      return base ? `${base}/graphql` : url;
    },
  });
  const withdrawn = createWithdrawnTokens();
  const tokens = createAccessTokenVerifier({
    jwksUrl: `${config.subgraphs.auth}/.well-known/jwks.json`,
    ...config.jwt,
    withdrawn,
    log,
    ...(overrides.keyTimes && { keyTimes: overrides.keyTimes }),
  });
  if (!readByLibrary) log.info('signatures are verified by OpenSSL: @node-rs/jsonwebtoken does not run here');
  const catchUp = createCatchUp({
    authUrl: config.subgraphs.auth,
    identityKeys: config.identityKeys,
    ended: withdrawn.endSession,
    log,
  });
  const doors = createDoors({ engine, settings: config, verify: tokens.verify, withdrawn, seen, log });

  return createOrderedService('gateway', log, async (onStop) => {
    onStop(() => tokens.stop());
    if (broker) {
      if (!overrides.broker) {
        onStop(() => broker.close());
        await broker.connect();
      }
      onStop(await broker.listen(topics.sessionRevoked, hearSessionRevoked(withdrawn, catchUp)));
      onStop(await broker.listen(topics.roleChanged, hearRoleChanged(withdrawn, log)));
    }
    onStop(async () => catchUp.stop());
    catchUp.begin();
    return doors.open(onStop);
  });
}

/** Sessions end and roles change with their tokens; over a broker the gateway hears of what happens sooner. */
function ownBroker(config: GatewayConfig, log: Logger): Broker | undefined {
  if (config.rabbitmqUrl) return createRabbitMqBroker({ url: config.rabbitmqUrl, log });
  if (config.isProduction) throw new ConfigError(['RABBITMQ_URL is missing']);
  log.warn('without RABBITMQ_URL ended sessions and new roles are noticed only when access tokens expire');
  return undefined;
}

function hearSessionRevoked(withdrawn: WithdrawnTokens, catchUp: CatchUp): SignalHandler {
  return (payload) => {
    const { sessionId } = fieldsOf(payload);
    if (typeof sessionId === 'string') withdrawn.endSession(sessionId);
    // Signals may have been missed.
    else catchUp.begin();
  };
}

function hearRoleChanged(withdrawn: WithdrawnTokens, log: Logger): SignalHandler {
  return (payload) => {
    const { userId, role } = fieldsOf(payload);
    const known = roles.find((one) => one === role);
    if (typeof userId === 'string' && known) {
      withdrawn.changeRole(userId, known);
    } else {
      withdrawn.forgetRoles();
      log.warn('signals of changed roles may have been missed');
    }
  };
}

const fieldsOf = (payload: Json | undefined): Readonly<Record<string, Json>> =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : {};
