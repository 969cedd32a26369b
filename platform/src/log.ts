import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import { uuidv7 } from './ids.ts';

export type Logger = pino.Logger;

/** The request that is being served. Whoever follows it may note something of their own, under a symbol. */
export interface RequestScope {
  readonly requestId: string;
  /** The trace that it is a part of (W3C Trace Context), if any. */
  readonly traceparent?: string | undefined;
  [note: symbol]: unknown;
}

// One for all that is known of a request: each storage costs every request a copy of what the others hold.
const scopes = new AsyncLocalStorage<RequestScope>();

const secretFields = ['password', 'token', 'accessToken', 'refreshToken', 'authorization', 'cookie'];

/**
 * A JSON logger on standard output, or `to` something else, whose every line names the service, where it is one service's,
 * and, within a request, its id. What fields that are named for secrets say is left out, three levels deep.
 */
export function createLogger(options: {
  level: string;
  service?: string;
  to?: pino.DestinationStream;
}): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: options.service === undefined ? null : { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId ? { requestId } : {};
    },
    redact: {
      paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  };
  return options.to ? pino(settings, options.to) : pino(settings);
}

/** Runs `work` so that its log lines, events and calls to other services carry this request id, and its events the trace. */
export function withRequestId<T>(requestId: string, work: () => T, traceparent?: string): T {
  return scopes.run({ requestId, traceparent }, work);
}

/** The trace that the request which is being served is a part of, if any. */
export function currentTraceparent(): string | undefined {
  return scopes.getStore()?.traceparent;
}

export const traceparentPattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Takes over a caller's trace when it is written as the standard says. */
export const traceparentFrom = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && traceparentPattern.test(header) ? header : undefined;

/** The id of the request that is being served, if any. */
export function currentRequestId(): string | undefined {
  return scopes.getStore()?.requestId;
}

/** The request that is being served, if any. */
export function currentScope(): RequestScope | undefined {
  return scopes.getStore();
}

/** Takes over a caller's request id when it is harmless to log (8 to 64 of A-Z a-z 0-9 . _ -), else makes one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{8,64}$/.test(header) ? header : uuidv7();
}

/** The header that carries the request id on HTTP, in both directions. */
export const REQUEST_ID_HEADER = 'x-request-id';
