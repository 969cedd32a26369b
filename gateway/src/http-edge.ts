import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CodedError } from '@socialhub/platform/errors';
import {
  BodyTooLargeError,
  type Handler,
  readBody,
  sendError,
  sendJson,
  sendText,
} from '@socialhub/platform/http';
import { currentRequestId } from '@socialhub/platform/log';
import type { VerifyAccessToken } from './access-token.ts';
import { clientInfo } from './client-info.ts';
import type { Cors } from './cors.ts';
import { CheapDeparture } from './engine/index.ts';
import { readParams } from './http-params.ts';
import type { HttpAsk, Operations } from './operations.ts';
import { RateLimited, type RateLimits } from './rate-limit.ts';
import { type StreamEdge, wantsEvents } from './sse-edge.ts';

export const graphqlPath = '/graphql';
const maxBodyBytes = 1_000_000;

/** A request that is refused before it is GraphQL. */
class RefusedRequest extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * GraphQL over HTTP at /graphql: POST with a JSON body, GET for queries, preflights. Whatever else is asked for
 * goes to `other`, which says whether it had an answer.
 */
export function createHttpEdge(options: {
  operations: Operations;
  rates: RateLimits;
  /** Without it nobody is anybody, and Authorization is not looked at. */
  verify: VerifyAccessToken | undefined;
  cors: Cors;
  trustedProxies: number;
  /** For clients that want their answers as Server-Sent Events. */
  streams: StreamEdge;
  other: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}): Handler {
  const { operations, rates, verify, cors, trustedProxies, streams, other } = options;

  const stream: Handler = async (request, response) => {
    const client = clientInfo(request, trustedProxies);
    const { authorization } = request.headers;
    const session = verify && authorization !== undefined ? await verify(authorization) : null;
    const asked = await askedOf(request);
    const params = readParams(asked);
    if (!params)
      throw new RefusedRequest(400, 'The request is not GraphQL: a query is missing, or a part is wrong');
    await streams.serve({ request, response, client, session, params });
  };

  const execute: Handler = async (request, response) => {
    const client = clientInfo(request, trustedProxies);
    rates.fromAddress(client);
    const { authorization } = request.headers;
    const session = verify && authorization !== undefined ? await verify(authorization) : null;
    rates.fromViewer(session?.viewer ?? null);
    const asked = await askedOf(request);
    const answer = await operations.executeHttp(asked, {
      viewer: session?.viewer ?? null,
      client,
      requestId: currentRequestId() ?? '',
      signal: departureOf(response),
    });
    if (response.destroyed) return;
    sendText(response, answer.status, { 'cache-control': 'no-store', ...answer.headers }, answer.text);
  };

  return async (request, response) => {
    response.gather(securityHeaders);
    if (request.url?.split('?', 1)[0] !== graphqlPath) {
      if (!(await other(request, response))) sendError(response, 404, 'NOT_FOUND', 'There is nothing here');
      return;
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors.preflightHeadersFor(request)).end();
      return;
    }
    response.gather(cors.headersFor(request));
    try {
      checkRequest(request);
      await (wantsEvents(request) ? stream(request, response) : execute(request, response));
    } catch (error) {
      if (!sendFault(response, error)) throw error;
    }
  };
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

function checkRequest(request: IncomingMessage): void {
  if (request.method !== 'GET' && request.method !== 'POST') {
    throw new RefusedRequest(405, 'GraphQL is asked with POST, or GET for queries', { allow: 'GET, POST' });
  }
  const { headers } = request;
  const isUsual = headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined;
  if (request.method === 'GET' || isUsual) return;
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type?.trim() !== 'application/json' || !isUtf8 || request.headers['content-encoding'] !== undefined) {
    throw new RefusedRequest(415, 'The body has to be application/json, in UTF-8 and not compressed');
  }
}

async function askedOf(request: IncomingMessage): Promise<HttpAsk> {
  const { method = 'POST', headers, url = '/' } = request;
  if (method !== 'POST') {
    return { method, headers, search: new URL(url, 'http://gateway').search, body: undefined };
  }
  return { method, headers, search: '', body: jsonIn(await readBody(request, maxBodyBytes)) };
}

function jsonIn(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return JSON.parse(withoutMark(body.toString()));
  } catch {
    // As what is not even text.
  }
  throw new RefusedRequest(400, 'The body is not JSON');
}

// A byte order mark, which RFC 8259 section 8.1 lets parsers ignore.
const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** Answers a request that failed for a known reason; false when the reason is not one that a client may know. */
function sendFault(response: ServerResponse, error: unknown): boolean {
  if (error instanceof RefusedRequest) {
    sendError(response, error.status, 'BAD_USER_INPUT', error.message, error.headers);
  } else if (error instanceof BodyTooLargeError) {
    const message = `The body is too large: at most ${maxBodyBytes} bytes are allowed`;
    sendError(response, 413, 'BAD_USER_INPUT', message, { connection: 'close' });
  } else if (error instanceof RateLimited) {
    const { code, retryAfter, limit } = error.extensions;
    const errors = [{ message: error.message, extensions: { code, retryAfter, limit } }];
    sendJson(response, 429, { errors }, error.headers);
  } else if (error instanceof CodedError && error.code === 'UNAUTHENTICATED') {
    sendError(response, 401, error.code, error.message, {
      'www-authenticate': 'Bearer error="invalid_token"',
    });
  } else if (error instanceof CodedError) {
    sendError(response, 503, error.code, error.message);
  } else {
    return false;
  }
  return true;
}

/** Told of when the client goes away before it has its answer, and only then. */
function departureOf(response: ServerResponse): CheapDeparture {
  const departure = new CheapDeparture();
  response.on('close', () => {
    if (!response.writableFinished) departure.abort();
  });
  return departure;
}
