import { createEngine, type PlanningOptions } from '@socialhub/federation-engine';
import { ConfigError } from '@socialhub/platform/config';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { RoleChanged, SessionRevoked } from '@socialhub/platform/contracts/signals';
import type { Broker } from '@socialhub/platform/events/broker';
import { connectInTime, patienceMs } from '@socialhub/platform/events/connect';
import { createLive } from '@socialhub/platform/events/live';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createStackedService } from '@socialhub/platform/lifecycle/stacked-service';
import { createLogger, type Logger } from '@socialhub/platform/log';
import { batchSuffix } from '@socialhub/platform/subgraph/batch';
import type { LocalSubgraph, LocalSubgraphs } from '@socialhub/platform/subgraph/local-subgraph';
import { shareOf } from './admission/shares.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './context.ts';
import { passedCodes } from './errors/format-error.ts';
import { createAccessTokenVerifier } from './identity/access-token.ts';
import { viewerKey } from './identity/connection-sessions.ts';
import { grantOf } from './identity/grant.ts';
import { createIdentityHeaders } from './identity/identity-headers.ts';
import type { KeyTimes } from './identity/jwks.ts';
import { type RevocationsSync, type SyncTimes, startRevocationsSync } from './identity/revocations-sync.ts';
import { createRevokedTokens } from './identity/revoked-tokens.ts';
import { liveSpecification } from './live-specification.ts';

import { createTelemetry } from './telemetry/telemetry.ts';
import { createTransports } from './transports/transports.ts';

export { readConfig } from './config.ts';

/** Makes SocialHub's gateway: the engine, and what this product puts around it. */
export function createGateway(
  config: GatewayConfig,
  overrides: {
    broker?: Broker;
    /** Subgraphs that run in this process. */
    locals?: LocalSubgraphs;
    log?: Logger;
    keyTimes?: Partial<KeyTimes>;
    syncTimes?: SyncTimes;
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
  const transports = createTransports({
    engine,
    settings: config,
    verify: tokens.verify,
    revoked,
    telemetry,
    log,
  });

  return createStackedService('gateway', log, async (closing) => {
    closing.defer('parts', () => tokens.stop());
    let sync: RevocationsSync | undefined;
    if (broker) {
      if (!overrides.broker) {
        closing.defer('broker', () => broker.close());
        closing.defer('broker', await connectInTime('gateway', broker, log));
      }
      const live = createLive(broker);
      // Without a payload signals may have been missed.
      closing.defer(
        'broker',
        await live.listen(SessionRevoked, (told) =>
          told ? revoked.endSession(told.sessionId) : sync?.askNow(),
        ),
      );
      closing.defer(
        'broker',
        await live.listen(RoleChanged, (told) =>
          told ? revoked.changeRole(told.userId, told.role) : sync?.askNow(),
        ),
      );
    }
    // It listens first, so nothing falls between.
    sync = startRevocationsSync({
      authUrl: config.subgraphs.auth,
      identityKeys: config.identityKeys,
      revoked,
      hearsSignals: () => broker?.isReady() === true,
      times: overrides.syncTimes,
      log,
    });
    closing.defer('parts', () => sync?.stop());
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

/** The gateway asks which sessions have ended and roles have changed; over a broker it hears of them at once. */
function ownBroker(config: GatewayConfig, log: Logger): Broker | undefined {
  if (config.rabbitmqUrl)
    return createRabbitMqBroker({ url: config.rabbitmqUrl, log, connectTimeoutMs: patienceMs });
  if (config.isProduction) throw new ConfigError(['RABBITMQ_URL is missing']);
  log.warn('without RABBITMQ_URL ended sessions and new roles are noticed within half a minute');
  return undefined;
}
