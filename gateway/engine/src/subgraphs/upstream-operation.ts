import type { ExecutionResult } from 'graphql';
import type { MaskSubgraphError } from './subgraph-errors.ts';

/** How long things may take on the connection to a subgraph, and how much may wait. */
export interface SocketOptions {
  /** Until the connection is made and acknowledged. */
  connectTimeoutMs: number;
  /** Between pings. */
  keepAliveMs: number;
  /** Until a ping is answered; then the connection counts as lost. */
  pongTimeoutMs: number;
  /** Attempts to connect for a subscription that has not begun yet. */
  attempts: number;
  /** The connection stays this long after its last subscription. */
  idleMs: number;
  /** Events of one subscription that may wait to be executed. */
  maxWaitingEvents: number;
  maxMessageBytes: number;
  /** After a break, subscriptions that know how to go on are tried for so long. */
  resumeForMs: number;
  /** So many of them are sent again in a second, so that a subgraph that has just come up is not run over. */
  resumesPerSecond: number;
  backoff: { baseMs: number; maxMs: number };
}

export const defaultSocketOptions: SocketOptions = {
  connectTimeoutMs: 5000,
  keepAliveMs: 10_000,
  pongTimeoutMs: 5000,
  attempts: 3,
  idleMs: 5000,
  maxWaitingEvents: 1000,
  maxMessageBytes: 32_000_000,
  resumeForMs: 60_000,
  resumesPerSecond: 1000,
  backoff: { baseMs: 400, maxMs: 5000 },
};

/** The one connection of this process to a subgraph, on which all its subscriptions travel. */
export interface SubgraphSocket {
  /** Opens one operation; gives what ends it. */
  subscribe(operation: UpstreamOperation): () => void;
  close(): Promise<void>;
}

/** One subscription as its subgraph is asked for it. */
export interface UpstreamOperation {
  /** Asked for anew each time it is sent, because it holds a short-lived identity and the last cursor. */
  payload(): SubscribePayload;
  /** Whether what `payload` gives now goes on exactly where the events have stopped. */
  canResume(): boolean;
  /** The connection has broken; the operation will be sent again. */
  interrupted(): void;
  next(event: ExecutionResult): void;
  complete(): void;
  /** SubscriptionRefused, or an UNAVAILABLE error when the subgraph is lost. */
  error(error: Error): void;
}

export interface SubscribePayload {
  query: string;
  operationName?: string | undefined;
  variables: Record<string, unknown>;
  extensions: Record<string, unknown>;
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
