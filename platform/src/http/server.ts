import { createServer, type IncomingMessage, type Server } from 'node:http';
import { isDatabaseUnavailable } from '../database/database-errors.ts';
import { type Logger, REQUEST_ID_HEADER, requestIdFrom, traceparentFrom, withRequestId } from '../log.ts';
import { type ClientTimes, endSlowReaders, serverTimes, usualTimes } from './client-times.ts';
import { oneByOne } from './one-by-one.ts';
import { createOrderlyEnd } from './orderly-end.ts';
import { asksForWebSocket, targetOf } from './request-target.ts';
import { GatheringResponse, sendError, sendJson } from './response.ts';

export type Handler = (request: IncomingMessage, response: GatheringResponse) => void | Promise<void>;

/** An HTTP server with health endpoints, request ids and an orderly end. */
export interface HttpServer {
  /** Node's server, for upgrades to WebSocket. */
  readonly server: Server<typeof IncomingMessage, typeof GatheringResponse>;
  /** Listens and gives the address (`http://host:port`). Throws when the port is taken. */
  listen(host: string, port: number): Promise<string>;
  /** From now on /readyz says 503; requests are still answered. */
  notReady(): void;
  /** Answers what is being served (10 s at most), takes nothing new, and closes. */
  close(): Promise<void>;
}

const closeTimeoutMs = 10_000;

/**
 * Serves `GET /livez` (the process runs), `GET /readyz` (`ready` holds; 503 otherwise) and everything else by
 * `handle`, within the caller's request id, what comes on one connection one after the other. A handler that throws gives 500 without a word about why,
 * or 503 when the database could not be reached. Who takes longer
 * than `times` to ask or to take the answer loses the connection.
 */
export function createHttpServer(options: {
  log: Logger;
  ready: () => Promise<boolean>;
  /** What is away without which it is ready all the same, for whoever reads /readyz. */
  degraded?: () => readonly string[];
  handle: Handler;
  times?: ClientTimes;
}): HttpServer {
  const { log, ready, degraded = () => [], handle, times = usualTimes } = options;

  const serve: Handler = (request, response) => {
    switch (targetOf(request).path) {
      case '/livez':
        return sendJson(response, 200, { status: 'live' });
      case '/readyz':
        return sendReadiness(response);
      default:
        return handle(request, response);
    }
  };

  const sendReadiness = async (response: GatheringResponse) => {
    const ok = !end.isDraining && (await ready());
    const status = end.isDraining ? 'draining' : ok ? 'ready' : 'not ready';
    const away = degraded();
    sendJson(response, ok ? 200 : 503, away.length > 0 ? { status, degraded: away } : { status });
  };

  const server: HttpServer['server'] = createServer(
    {
      ...serverTimes(times),
      ServerResponse: GatheringResponse,
      shouldUpgradeCallback: (request) => asksForWebSocket(request) && server.listenerCount('upgrade') > 0,
    },
    oneByOne<typeof GatheringResponse>((request, response) => {
      const requestId = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
      withRequestId(
        requestId,
        async () => {
          response.gather({ [REQUEST_ID_HEADER]: requestId });
          end.add(response);
          try {
            await serve(request, response);
          } catch (error) {
            const isDatabase = isDatabaseUnavailable(error);
            if (isDatabase) log.warn({ err: error }, 'the database did not answer an HTTP handler');
            else log.error({ err: error }, 'unexpected error in an HTTP handler');
            if (response.headersSent) response.destroy();
            else if (isDatabase) sendError(response, 503, 'UNAVAILABLE', 'Not available right now');
            else sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
          }
        },
        traceparentFrom(request.headers.traceparent),
      );
    }),
  );

  const end = createOrderlyEnd(server, closeTimeoutMs);
  const stopLooking = endSlowReaders(end.underWay, times);

  return {
    server,
    listen: end.listen,
    notReady: end.drain,
    async close() {
      await end.close();
      stopLooking();
    },
  };
}
