import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import { uuidv7 } from './ids.ts';

export type Logger = pino.Logger;

const requestIds = new AsyncLocalStorage<string>();

/** A JSON logger on standard output whose every line names the service and, within a request, its id. */
export function createLogger(options: { service: string; level: string }): Logger {
  return pino({
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const requestId = requestIds.getStore();
      return requestId ? { requestId } : {};
    },
    redact: {
      paths: [
        'password',
        'token',
        'accessToken',
        'refreshToken',
        'authorization',
        '*.password',
        '*.authorization',
      ],
      censor: '[redacted]',
    },
  });
}

/** Runs `work` so that its log lines, events and calls to other services carry this request id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return requestIds.run(requestId, work);
}

/** The id of the request that is being served, if any. */
export function currentRequestId(): string | undefined {
  return requestIds.getStore();
}

/** Takes over a caller's request id when it is harmless to log (8 to 64 of A-Z a-z 0-9 . _ -), else makes one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{8,64}$/.test(header) ? header : uuidv7();
}

/** The header that carries the request id on HTTP, in both directions. */
export const REQUEST_ID_HEADER = 'x-request-id';
