import { createEngine, type PlanningOptions } from '@socialhub/federation-engine';
import { ConfigError } from '@socialhub/platform/config';
import { serviceNames } from '@socialhub/platform/contracts/services';
import type { Broker, Json, SignalHandler } from '@socialhub/platform/events/broker';
import { connectInTime, patienceMs } from '@socialhub/platform/events/connect';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import { roles } from '@socialhub/platform/identity/identity';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createStackedService } from '@socialhub/platform/lifecycle/stacked-service';
import { startSweep } from '@socialhub/platform/lifecycle/sweep';
import { createLogger, type Logger } from '@socialhub/platform/log';
import { batchSuffix } from '@socialhub/platform/subgraph/batch';
import type { LocalSubgraph, LocalSubgraphs } from '@socialhub/platform/subgraph/local-subgraph';
import { shareOf } from './admission/shares.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { passedCodes } from './errors/format-error.ts';
import { createAccessTokenVerifier } from './identity/access-token.ts';
import { viewerKey } from './identity/connection-sessions.ts';
import { createEndedSessionsSync, type EndedSessionsSync } from './identity/ended-sessions-sync.ts';
import { grantOf } from './identity/grant.ts';
import { createIdentityHeaders } from './identity/identity-headers.ts';
import type { KeyTimes } from './identity/jwks.ts';
import { createRevokedTokens, type RevokedTokens } from './identity/revoked-tokens.ts';
import { liveSpecification } from './live-specification.ts';

import { createTelemetry } from './telemetry/telemetry.ts';
import { createTransports } from './transports/transports.ts';

export { readConfig } from './config.ts';

/** The live topics on which the auth service tells what its access tokens do not know yet. */
const topics = {
  /** `{ sessionId }` */
  sessionRevoked: 'session_revoked',
  /** `{ userId, role }` */
  roleChanged: 'role_changed',
} as const;

/** How often the auth service is asked which sessions have ended while no broker tells. */
const pollMs = 15_000;

/** Makes SocialHub's gateway: the engine, and what this product puts around it. */
export function createGateway(
  config: GatewayConfig,
  overrides: {
    broker?: Broker;
    /** Subgraphs that run in this process. */
    locals?: LocalSubgraphs;
    log?: Logger;
    keyTimes?: Partial<KeyTimes>;
    planning?: Partial<PlanningOptions>;
  } = {},
): Service {
  const log = overrides.log ?? createLogger({ service: 'gateway', level: config.logLevel });
  const broker = overrides.broker ?? ownBroker(config, log);
  const telemetry = createTelemetry(config, log);
  const engine = createEngine<GatewayContext>({
    supergraph: config.supergraph,
    polling: { pollMs: config.supergraphPollMs },
    log,
    ...createIdentityHeaders(config.identityKeys),
    signalOf: (context) => context.signal,
    shareOf,
    viewerKeyOf: ({ viewer }) => viewer && viewerKey(viewer),
    grantOf: config.unauthorized === 'filter' ? grantOf : undefined,
    errorCodes: passedCodes,
    liveSpecification,
    watchFetch: telemetry.watchFetch,
    planning: { introspection: config.introspection, watch: telemetry.watchPlanning, ...overrides.planning },
    batchSuffix,
    localOf: localsIn(overrides.locals),
    fetchOf: (subgraph) => ({
      timeoutMs: config.subgraphTimeouts.get(subgraph) ?? config.subgraphTimeoutMs,
    }),
    urlOf: (subgraph, url) => {
      const base = new Map(Object.entries(config.subgraphs)).get(subgraph);
      return base ? `${base}/graphql` : url;
    },
  });
  const revoked = createRevokedTokens();
  const tokens = createAccessTokenVerifier({
    jwksUrl: `${config.subgraphs.auth}/.well-known/jwks.json`,
    ...config.jwt,
    revoked,
    log,
    ...(overrides.keyTimes && { keyTimes: overrides.keyTimes }),
  });
  const endedSessionsSync = createEndedSessionsSync({
    authUrl: config.subgraphs.auth,
    identityKeys: config.identityKeys,
    ended: revoked.endSession,
    log,
  });
  const transports = createTransports({
    engine,
    settings: config,
    verify: tokens.verify,
    revoked,
    telemetry,
    log,
  });

  return createStackedService('gateway', log, async (closing) => {
    closing.defer(() => tokens.stop());
    if (broker) {
      if (!overrides.broker) {
        closing.defer(() => broker.close());
        closing.defer(await connectInTime('gateway', broker, log));
      }
      closing.defer(
        await broker.listen(topics.sessionRevoked, hearSessionRevoked(revoked, endedSessionsSync)),
      );
      closing.defer(await broker.listen(topics.roleChanged, hearRoleChanged(revoked, log)));
      const polling = startSweep({
        name: 'ended sessions',
        everyMs: pollMs,
        log,
        turn: async () => broker.isReady() || endedSessionsSync.begin(),
      });
      closing.defer(() => polling.stop());
    }
    closing.defer(async () => endedSessionsSync.stop());
    endedSessionsSync.begin();
    return transports.open(closing);
  });
}

/** All of them run here, or none. */
const localsIn =
  (locals: LocalSubgraphs | undefined) =>
  (subgraph: string): (() => LocalSubgraph | undefined) | undefined => {
    const name = serviceNames.find((one) => one === subgraph);
    return locals && name && (() => locals.of(name));
  };

/** Sessions end and roles change with their tokens; over a broker the gateway hears of what happens sooner. */
function ownBroker(config: GatewayConfig, log: Logger): Broker | undefined {
  if (config.rabbitmqUrl)
    return createRabbitMqBroker({ url: config.rabbitmqUrl, log, connectTimeoutMs: patienceMs });
  if (config.isProduction) throw new ConfigError(['RABBITMQ_URL is missing']);
  log.warn('without RABBITMQ_URL ended sessions and new roles are noticed only when access tokens expire');
  return undefined;
}

function hearSessionRevoked(revoked: RevokedTokens, endedSessionsSync: EndedSessionsSync): SignalHandler {
  return (payload) => {
    const { sessionId } = fieldsOf(payload);
    if (typeof sessionId === 'string') revoked.endSession(sessionId);
    // Signals may have been missed.
    else endedSessionsSync.begin();
  };
}

function hearRoleChanged(revoked: RevokedTokens, log: Logger): SignalHandler {
  return (payload) => {
    const { userId, role } = fieldsOf(payload);
    const known = roles.find((one) => one === role);
    if (typeof userId === 'string' && known) {
      revoked.changeRole(userId, known);
    } else {
      revoked.forgetRoles();
      log.warn('signals of changed roles may have been missed');
    }
  };
}

const fieldsOf = (payload: Json | undefined): Readonly<Record<string, Json>> =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : {};
