import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { defaultLimits, type Engine } from '@socialhub/federation-engine';
import { createHttpServer } from '@socialhub/platform/http/server';
import type { IdentityKey } from '@socialhub/platform/identity/identity-signer';
import type { Ending } from '@socialhub/platform/lifecycle/ending';
import { guardConnections } from '@socialhub/platform/limits/connection-guard';
import type { Logger } from '@socialhub/platform/log';
import { type AdmissionSettings, createAdmission, noAdmissionLimits } from '../admission/admission.ts';
import { createPacedQueue } from '../admission/paced-queue.ts';
import { addressKey } from '../admission/rate-limit.ts';
import type { GatewayContext } from '../context.ts';
import { createFormatError } from '../errors/format-error.ts';
import { createExplorer } from '../explorer/explorer.ts';
import type { VerifyAccessToken } from '../identity/access-token.ts';
import { createClientOf } from '../identity/client-info.ts';
import { createConnectionSessions } from '../identity/connection-sessions.ts';
import type { RevokedTokens } from '../identity/revoked-tokens.ts';
import { createOperations } from '../operations/operations.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { createCors } from './http/cors.ts';
import { createHttpEdge } from './http/http-edge.ts';
import { createWebSocketEdge } from './sockets/web-socket-edge.ts';
import { createStreamEdge } from './streams/stream-edge.ts';

/** What the transports have to be told, whoever's supergraph is behind them. */
export interface TransportSettings {
  host: string;
  port: number;
  isProduction: boolean;
  introspection: boolean;
  corsOrigins: readonly string[];
  trustedProxies: number;
  /** The keys from which the web's are derived; without them no request is the web's. */
  identityKeys?: readonly IdentityKey[] | undefined;
  drainDelayMs: number;
  /** None: whoever stands in front sees to it. */
  admission?: AdmissionSettings;
}

/**
 * Everything between an engine and its clients: operations, HTTP, WebSocket, explorer. `open` starts the engine and
 * listens; it gives the address. Without `verify` nobody is anybody: Authorization is not looked at.
 */
export function createTransports(options: {
  engine: Engine<GatewayContext>;
  settings: TransportSettings;
  verify: VerifyAccessToken | undefined;
  revoked: RevokedTokens;
  telemetry: Telemetry;
  log: Logger;
}): { open(closing: Ending): Promise<string> } {
  const { engine, settings, verify, revoked, telemetry, log } = options;
  const formatError = telemetry.errors(createFormatError({ log, hideSuggestions: settings.isProduction }));
  const admission = createAdmission(settings.admission ?? noAdmissionLimits, log);
  const operations = createOperations({
    engine,
    admission,
    limits: defaultLimits,
    introspection: settings.introspection,
    isProduction: settings.isProduction,
    formatError,
    watch: telemetry.watchOperation,
    log,
  });
  const explorer = createExplorer({ enabled: settings.introspection, log });
  const cors = createCors(settings.corsOrigins);
  const sessions = createConnectionSessions({ verify, revoked });
  const clientOf = createClientOf({
    trustedProxies: settings.trustedProxies,
    identityKeys: settings.identityKeys,
    vouched: (socket) => guard.trust(socket),
    log,
  });
  const starts = createPacedQueue();
  const edge = { operations, verify, sessions, cors, clientOf, starts };
  const { rates, atOnce } = admission;
  const streams = createStreamEdge({ operations, sessions, atOnce, formatError });
  const http = createHttpServer({
    log,
    // A subgraph that is down costs its own fields; the gateway is ready without it.
    ready: async () => true,
    handle: telemetry.requests(createHttpEdge({ ...edge, streams, rates, atOnce, other: explorer.serve })),
  });

  // Proxies of ours connect for many; what each of those holds is counted by the address that they tell.
  const connectionKey = ({ remoteAddress }: Socket) =>
    settings.trustedProxies > 0
      ? 'our proxies'
      : addressKey({ ipAddress: remoteAddress ?? null, userAgent: null });
  const guard = guardConnections(http.server, atOnce.connections, connectionKey);

  return {
    async open(closing) {
      await telemetry.open(closing.stack('parts'));
      await explorer.prepare();
      await admission.persisted.start();
      closing.defer('parts', () => admission.persisted.stop());
      closing.defer('parts', () => engine.close());
      await operations.start();
      closing.defer('parts', () => operations.stop());
      closing.defer('parts', () => sessions.stop());
      const url = await http.listen(settings.host, settings.port);
      const sockets = createWebSocketEdge({
        ...edge,
        server: http.server,
        rates,
        atOnce,
        guard,
        formatError,
        log,
      });
      telemetry.metrics?.readFrom({ engine: engine.state, sockets: () => sockets.size });
      closing.defer('answers', () => Promise.all([http.close(), sockets.close(), streams.close()]));
      closing.defer('delay', () => {
        http.notReady();
        return delay(settings.drainDelayMs);
      });
      return url;
    },
  };
}
