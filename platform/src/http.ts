import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Crowd } from './crowd.ts';
import { type Logger, REQUEST_ID_HEADER, requestIdFrom, withRequestId } from './log.ts';
import { asksForWebSocket, targetOf } from './request-target.ts';

export type Handler = (request: IncomingMessage, response: Answer) => void | Promise<void>;

/**
 * A response that gathers the headers that go with whatever is answered. Node writes headers that come all at once at
 * a third of the price of those that are set before.
 */
export class Answer extends ServerResponse {
  /** Its place among those under way. */
  place = 0;
  /** How often it was ready and not taken yet when one looked. */
  looks = 0;
  /** Names and values in turn, as Node takes them. */
  readonly #gathered: (string | number | readonly string[])[] = [];

  /** Takes headers whose names are in lower case; what writeHead is given wins over them, but for `vary`, a list to which it adds. */
  gather(headers: Readonly<Record<string, string>>): void {
    for (const name in headers) this.#put(name, headers[name] as string);
  }

  #put(name: string, value: string | number | readonly string[]): void {
    const gathered = this.#gathered;
    for (let i = 0; i < gathered.length; i += 2) {
      if (gathered[i] !== name) continue;
      // Each of those who look at a header of the request adds it; nobody's takes the place of another's.
      gathered[i + 1] = name === 'vary' ? `${gathered[i + 1]}, ${value}` : value;
      return;
    }
    gathered.push(name, value);
  }

  override writeHead(status: number, headers?: string | OutgoingHttpHeaders | unknown[]): this {
    for (const name in headers as OutgoingHttpHeaders) {
      const value = (headers as OutgoingHttpHeaders)[name];
      if (value !== undefined) this.#put(name, value);
    }
    return super.writeHead(status, this.#gathered as string[]);
  }
}

/** An HTTP server with health endpoints, request ids and an orderly end. */
export interface HttpServer {
  /** Node's server, for upgrades to WebSocket. */
  readonly server: Server<typeof IncomingMessage, typeof Answer>;
  /** Listens and gives the address (`http://host:port`). Throws when the port is taken. */
  listen(host: string, port: number): Promise<string>;
  /** From now on /readyz says 503; requests are still answered. */
  notReady(): void;
  /** Answers what is being served (10 s at most), takes nothing new, and closes. */
  close(): Promise<void>;
}

const lastOfItsConnection = { connection: 'close' };
/** How long a client may take. */
export interface ClientTimes {
  /** For the head of a request; also before it says anything. */
  headMs: number;
  /** For a whole request. */
  requestMs: number;
  /** For taking an answer that is ready. */
  answerMs: number;
  /** Between looks at who takes too long. */
  lookMs: number;
}

const usualTimes: ClientTimes = { headMs: 10_000, requestMs: 30_000, answerMs: 60_000, lookMs: 5000 };
const closeTimeoutMs = 10_000;
const silenceMs = 500;
/** Connections that may wait to be accepted; the kernel's own limit holds as well. With few, a rush of clients waits a second and more to try again. */
const backlog = 4096;

/**
 * Serves `GET /livez` (the process runs), `GET /readyz` (`ready` holds; 503 otherwise) and everything else by
 * `handle`, within the caller's request id. A handler that throws gives 500 without a word about why. Who takes longer
 * than `times` to ask or to take the answer loses the connection.
 */
export function createHttpServer(options: {
  log: Logger;
  ready: () => Promise<boolean>;
  handle: Handler;
  times?: ClientTimes;
}): HttpServer {
  const { log, ready, handle, times = usualTimes } = options;
  const underWay = new Crowd<Answer>();
  let draining = false;
  let closing = false;

  const drain = () => {
    draining = true;
    // Their connections would else be kept alive for a next request, which nobody will answer.
    for (const response of underWay) if (!response.headersSent) response.gather(lastOfItsConnection);
  };

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

  const sendReadiness = async (response: Answer) => {
    const ok = !draining && (await ready());
    const status = draining ? 'draining' : ok ? 'ready' : 'not ready';
    sendJson(response, ok ? 200 : 503, { status });
  };

  const server: HttpServer['server'] = createServer(
    {
      keepAliveTimeout: 65_000,
      headersTimeout: times.headMs,
      requestTimeout: times.requestMs,
      connectionsCheckingInterval: times.lookMs,
      ServerResponse: Answer,
      shouldUpgradeCallback: (request) => asksForWebSocket(request) && server.listenerCount('upgrade') > 0,
    },
    (request, response) => {
      const requestId = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
      withRequestId(requestId, async () => {
        response.gather({ [REQUEST_ID_HEADER]: requestId });
        if (draining) response.gather(lastOfItsConnection);
        underWay.add(response);
        // All of them close once: `once` would make functions for nothing.
        response.on('close', () => {
          underWay.delete(response);
          // One that had begun to be written before has promised to keep its connection.
          if (closing) setImmediate(() => server.closeIdleConnections());
        });
        try {
          await serve(request, response);
        } catch (error) {
          log.error({ err: error }, 'unexpected error in an HTTP handler');
          if (!response.headersSent)
            sendError(response, 500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
          else response.destroy();
        }
      });
    },
  );

  const look = setInterval(() => {
    for (const response of [...underWay]) {
      if (!response.writableEnded) continue;
      response.looks += 1;
      if (response.looks * times.lookMs > times.answerMs) response.destroy();
    }
  }, times.lookMs).unref();

  return {
    server,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host, backlog }, () => {
          server.off('error', reject);
          const address = server.address() as AddressInfo;
          const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
          resolve(`http://${name}:${address.port}`);
        });
      }),
    notReady: drain,
    close: () =>
      new Promise((resolve) => {
        drain();
        closing = true;
        const force = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
        // To Node one on which nothing was asked yet is not idle; whoever opens it in advance may never ask.
        const silent = setInterval(() => {
          if (underWay.size === 0) server.closeAllConnections();
        }, silenceMs);
        server.close(() => {
          clearTimeout(force);
          clearInterval(silent);
          clearInterval(look);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** Aborted when the client goes away before it has its answer, and only then. */
export function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    // Every response closes; making the error that an abort carries is work that most of them need not do.
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Sends a text whose type is among the headers. */
export function sendText(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  text: string,
): void {
  if (text.length <= maxJoinedChars) {
    // Node writes a text together with its head; one without a character beyond ASCII the quick way.
    const length = Buffer.byteLength(text);
    const encoding = length === text.length ? 'latin1' : 'utf8';
    response.writeHead(status, { ...headers, 'content-length': length }).end(text, encoding);
    return;
  }
  // Encoded once, for its length and for the socket.
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
}

const maxJoinedChars = 4096;

/** Sends a JSON body; `headers` win over the defaults. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const defaults = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  sendText(response, status, { ...defaults, ...headers }, JSON.stringify(body));
}

/** Sends one GraphQL error with its code, for a request that never became an operation. */
export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}

/** The request's body was longer than allowed. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** Reads a body of at most `limit` bytes; rejects with BodyTooLargeError as soon as it is longer, without reading on. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(new BodyTooLargeError());
  return new Promise((resolve, reject) => {
    // Listeners, because an async iterator costs more than everything else about a small request.
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take).pause();
      reject(new BodyTooLargeError());
    };
    request.on('data', take);
    request.on('end', () => {
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks, size));
    });
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new Error('the request ended before its body did'));
    });
  });
}
