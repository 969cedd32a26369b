import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createEventSource, type Events } from './event-source.ts';
import type { EngineLog } from './log.ts';
import { type MaskSubgraphError, unavailable } from './subgraph-errors.ts';

/** How long things may take on the connection to a subgraph, and how much may wait. */
export interface SocketOptions {
  /** Until the connection is made and acknowledged. */
  connectTimeoutMs: number;
  /** Between pings while nothing else is heard. */
  keepAliveMs: number;
  /** Until a ping is answered; then the connection counts as lost. */
  pongTimeoutMs: number;
  /** Attempts to connect for one subscription. */
  attempts: number;
  /** The connection stays this long after its last subscription. */
  idleMs: number;
  /** Events of one subscription that may wait to be executed. */
  maxWaitingEvents: number;
}

export const defaultSocketOptions: SocketOptions = {
  connectTimeoutMs: 5000,
  keepAliveMs: 10_000,
  pongTimeoutMs: 5000,
  attempts: 3,
  idleMs: 5000,
  maxWaitingEvents: 1000,
};

/** The one connection of this process to a subgraph, on which all its subscriptions travel. */
export interface SubgraphSocket {
  /** Opens one operation. What it gives ends with an UNAVAILABLE error when the connection is lost. */
  subscribe(payload: SubscribePayload): Events;
  close(): Promise<void>;
}

export interface SubscribePayload {
  query: string;
  operationName?: string | undefined;
  variables: Record<string, unknown>;
  /** Made anew for each attempt to connect, because it holds a short-lived identity. */
  extensions: () => Record<string, unknown>;
}

/** The subgraph answered the subscription with errors instead of events. They are masked. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
  readonly errors: readonly ReturnType<MaskSubgraphError>[];

  constructor(errors: readonly ReturnType<MaskSubgraphError>[]) {
    super('The subgraph refused the subscription');
    this.errors = errors;
  }
}

/**
 * Speaks graphql-transport-ws with a subgraph over one connection, made when it is first needed. An operation that
 * was under way when the connection broke is not repeated here: only its owner knows the cursor to go on from.
 */
export function createSubgraphSocket(options: {
  name: string;
  url: string;
  socket: SocketOptions;
  maskError: MaskSubgraphError;
  log: EngineLog;
}): SubgraphSocket {
  const { name, socket: limits, maskError, log } = options;
  const url = options.url.replace(/^http/, 'ws');
  let connections = 0;
  let isConnected = false;
  let pongTimer: NodeJS.Timeout | undefined;
  let closed = false;

  class BoundedWebSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { handshakeTimeout: limits.connectTimeoutMs, perMessageDeflate: false });
    }
  }

  const client = createClient({
    url,
    webSocketImpl: BoundedWebSocket,
    lazy: true,
    lazyCloseTimeout: limits.idleMs,
    keepAlive: limits.keepAliveMs,
    connectionAckWaitTimeout: limits.connectTimeoutMs,
    // The library would send a broken operation again with its old cursor and its old identity.
    retryAttempts: 0,
    on: {
      connected() {
        connections += 1;
        isConnected = true;
        log.debug({ subgraph: name }, 'subscriptions are connected to a subgraph');
      },
      ping(received) {
        if (received) return;
        clearTimeout(pongTimer);
        pongTimer = setTimeout(() => {
          log.warn({ subgraph: name }, 'a subgraph does not answer pings; the connection is given up');
          client.terminate();
        }, limits.pongTimeoutMs);
      },
      pong(received) {
        if (received) clearTimeout(pongTimer);
      },
      closed() {
        isConnected = false;
        clearTimeout(pongTimer);
      },
    },
  });

  return {
    subscribe(payload) {
      return createEventSource<ExecutionResult>({
        limit: limits.maxWaitingEvents,
        tooSlow: () => unavailable(),
        open(sink) {
          let over = false;
          let dispose: () => void = () => undefined;
          let retryTimer: NodeJS.Timeout | undefined;

          const attempt = (count: number) => {
            const before = isConnected ? -1 : connections;
            const { query, operationName, variables } = payload;
            dispose = client.subscribe(
              { query, operationName: operationName ?? null, variables, extensions: payload.extensions() },
              {
                next(event) {
                  const errors = event.errors?.map(maskError);
                  // Without data it is no event: the subgraph could not make a stream of the subscription.
                  if (errors && event.data === undefined) return sink.error(new SubscriptionRefused(errors));
                  // Errors are plain here; the executor, which takes this for a fetch's answer, makes them GraphQLErrors.
                  sink.next({ ...event, errors } as unknown as ExecutionResult);
                },
                complete: () => sink.complete(),
                error(reason) {
                  if (Array.isArray(reason))
                    return sink.error(new SubscriptionRefused(reason.map(maskError)));
                  const neverConnected = connections === before;
                  if (neverConnected && count < limits.attempts && !over && !closed) {
                    retryTimer = setTimeout(() => attempt(count + 1), Math.random() * 200 * 2 ** count);
                    return;
                  }
                  log.warn({ subgraph: name, ...closeReason(reason) }, 'a subscription lost its subgraph');
                  sink.error(unavailable());
                },
              },
            );
          };
          attempt(1);

          return () => {
            over = true;
            clearTimeout(retryTimer);
            dispose();
          };
        },
      });
    },
    async close() {
      closed = true;
      clearTimeout(pongTimer);
      client.terminate();
      await client.dispose();
    },
  };
}

function closeReason(reason: unknown): object {
  if (reason instanceof Error) return { err: reason };
  const { code, reason: text, message } = reason as { code?: unknown; reason?: unknown; message?: unknown };
  return { code, reason: text ?? message };
}
