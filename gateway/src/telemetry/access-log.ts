import type { ServerResponse } from 'node:http';
import { targetOf } from '@socialhub/platform/http/request-target';
import type { Handler } from '@socialhub/platform/http/server';
import { currentScope, type Logger, traceparentFrom } from '@socialhub/platform/log';

/** What is noted of an HTTP request while it is served. No token, variable or document has a place here. */
export interface RequestRecord {
  operation: string | null;
  type: string | null;
  viewerId: string | null;
  /** Of all errors in the answer, in the order in which they first came. */
  codes: Set<string>;
  /** The client's, when it is one. */
  traceparent: string | undefined;
}

const record = Symbol('record');

/** The record of the HTTP request that is being served; none on a socket. */
export const currentRecord = (): RequestRecord | undefined =>
  currentScope()?.[record] as RequestRecord | undefined;

/** What a finished request was. */
export interface FinishedRequest {
  method: string;
  status: number;
  seconds: number;
  /** The code with which it was refused before it was GraphQL. */
  refusal: string | undefined;
}

/** Takes a handler, gives one that writes a line to the log for each request when it is over, and tells `finished`. */
export function withAccessLog(
  handle: Handler,
  log: Logger,
  finished: (request: FinishedRequest) => void,
): Handler {
  return (request, response) => {
    const noted: RequestRecord = {
      operation: null,
      type: null,
      viewerId: null,
      codes: new Set(),
      traceparent: traceparentFrom(request.headers.traceparent),
    };
    const { socket } = request;
    const start = performance.now();
    const bytesBefore = socket.bytesWritten;
    const scope = currentScope();
    if (scope) scope[record] = noted;
    response.on('close', () => {
      const { status, isAborted } = outcomeOf(response);
      const refusal = noted.codes.size === 0 ? codeOfStatus[status] : undefined;
      const ms = performance.now() - start;
      const { operation, type, viewerId } = noted;
      const method = request.method ?? '';
      finished({ method, status, seconds: ms / 1000, refusal });
      if (!log.isLevelEnabled('info')) return;
      log.info(
        {
          method,
          path: targetOf(request).path,
          operation,
          type,
          status,
          codes: refusal ? [refusal] : [...noted.codes],
          ms: Math.round(ms * 10) / 10,
          bytes: socket.bytesWritten - bytesBefore,
          viewerId,
          requestId: scope?.requestId,
          ...(isAborted && { aborted: true }),
        },
        'request',
      );
    });
    return handle(request, response);
  };
}

const outcomeOf = (response: ServerResponse) => ({
  // The client has closed the connection before it had its answer, for which HTTP has no code.
  status: response.writableFinished || response.headersSent ? response.statusCode : 499,
  isAborted: !response.writableFinished,
});

/** Codes of refusals that come before GraphQL. */
const codeOfStatus: Record<number, string> = {
  400: 'BAD_USER_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'BAD_USER_INPUT',
  413: 'BAD_USER_INPUT',
  415: 'BAD_USER_INPUT',
  429: 'RATE_LIMITED',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'UNAVAILABLE',
};
