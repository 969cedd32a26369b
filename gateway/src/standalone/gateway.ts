import { createEngine, type PlanningOptions } from '@socialhub/federation-engine';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createStackedService } from '@socialhub/platform/lifecycle/stacked-service';
import { createLogger, type Logger, REQUEST_ID_HEADER } from '@socialhub/platform/log';
import { shareOf } from '../admission/shares.ts';
import type { GatewayContext } from '../context.ts';
import { passedCodes } from '../errors/format-error.ts';
import { createAccessTokenVerifier } from '../identity/access-token.ts';
import { viewerKey } from '../identity/connection-sessions.ts';
import { grantOf } from '../identity/grant.ts';
import { createIdentityHeaders } from '../identity/identity-headers.ts';
import { createRevokedTokens } from '../identity/revoked-tokens.ts';
import { liveSpecification } from '../live-specification.ts';

import { createTelemetry } from '../telemetry/telemetry.ts';
import { createTransports } from '../transports/transports.ts';
import type { StandaloneOptions } from './options.ts';

/**
 * The engine and its transports before any Federation 2 supergraph, at the addresses that it names. Open, nobody is
 * signed in, no token is looked at, and what the schema keeps for people who are signed in stays refused.
 */
export function createStandaloneGateway(
  options: StandaloneOptions,
  overrides: { log?: Logger; planning?: Partial<PlanningOptions> } = {},
): Service {
  const { identity } = options;
  const log = overrides.log ?? createLogger({ service: 'gateway', level: options.logLevel });
  const telemetry = createTelemetry(options, log);
  const engine = createEngine<GatewayContext>({
    supergraph: options.supergraph,
    polling: { pollMs: options.supergraphPollMs },
    log,
    ...(identity ? createIdentityHeaders(identity.keys) : anonymousHeaders),
    signalOf: (context) => context.signal,
    viewerKeyOf: ({ viewer }) => viewer && viewerKey(viewer),
    grantOf: options.unauthorized === 'filter' ? grantOf : undefined,
    errorCodes: passedCodes,
    liveSpecification,
    watchFetch: telemetry.watchFetch,
    shareOf,
    planning: { watch: telemetry.watchPlanning, ...overrides.planning },
  });
  const revoked = createRevokedTokens();
  const tokens = identity && createAccessTokenVerifier({ ...identity, revoked, log });
  const settings = {
    host: options.host,
    port: options.port,
    isProduction: false,
    introspection: true,
    corsOrigins: [],
    trustedProxies: 0,
    identityKeys: identity?.keys,
    drainDelayMs: 0,
  };
  const transports = createTransports({
    engine,
    settings,
    verify: tokens?.verify,
    revoked,
    telemetry,
    log,
  });

  return createStackedService('gateway', log, (closing) => {
    closing.defer('parts', () => tokens?.stop());
    return transports.open(closing);
  });
}

const anonymousHeaders = {
  headersFor: (_subgraph: string, { requestId }: GatewayContext) => ({ [REQUEST_ID_HEADER]: requestId }),
  extensionsFor: (_subgraph: string, { requestId }: GatewayContext) => ({ requestId }),
};
