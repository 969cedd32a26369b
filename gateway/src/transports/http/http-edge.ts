import type { IncomingMessage, ServerResponse } from 'node:http';
import { LightAbortSignal } from '@socialhub/federation-engine';
import { BodyTooLargeError } from '@socialhub/platform/http/body';
import { targetOf } from '@socialhub/platform/http/request-target';
import { sendError } from '@socialhub/platform/http/response';
import type { Handler } from '@socialhub/platform/http/server';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import { currentRequestId } from '@socialhub/platform/log';
import { type AtOnce, isShortBody, shortBytes, takeBodyPlace } from '../../admission/at-once.ts';
import type { PacedQueue } from '../../admission/paced-queue.ts';
import { addressKey, type RateLimits } from '../../admission/rate-limit.ts';
import type { VerifyAccessToken } from '../../identity/access-token.ts';
import type { ClientOf } from '../../identity/client-info.ts';
import type { Operations } from '../../operations/operations.ts';
import { currentRecord } from '../../telemetry/access-log.ts';
import { partsInto, sendOnlyPart } from '../streams/deferred-response.ts';
import type { StreamEdge } from '../streams/stream-edge.ts';
import type { StreamFormat } from '../streams/stream-format.ts';
import type { Accepted } from './accept.ts';
import type { Cors } from './cors.ts';
import { checkPreflighted, checkRequest, readRequest } from './http-request.ts';
import { sendFault, sendResponse, wantedCoding, wantedForm } from './http-response.ts';

/** Whether a request is for GraphQL. With a slash at its end the address is the same: nothing else is there. */
export function isGraphql(request: IncomingMessage): boolean {
  const { path } = targetOf(request);
  return path === '/graphql' || path === '/graphql/';
}

/**
 * GraphQL over HTTP at /graphql: POST with a JSON body, GET for queries, preflights. Whatever else is asked for
 * goes to `other`, which says whether it had an answer.
 */
export function createHttpEdge(options: {
  operations: Operations;
  rates: RateLimits;
  atOnce: AtOnce;
  /** Without it nobody is anybody, and Authorization is not looked at. */
  verify: VerifyAccessToken | undefined;
  cors: Cors;
  clientOf: ClientOf;
  /** For clients that want their answers as streams. */
  streams: StreamEdge;
  /** Where operations wait for their turn to begin. */
  starts: PacedQueue;
  other: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
}): Handler {
  const { operations, rates, atOnce, verify, cors, clientOf, streams, starts, other } = options;

  /** Before anything is looked at: what is malformed or forged costs too. */
  const admit = (request: IncomingMessage) => {
    const client = clientOf(request);
    rates.fromAddress(client);
    if (request.method === 'POST') takeBodyPlace(atOnce, addressKey(client), request);
    return client;
  };

  /** Long bodies are counted before they are read, and what they are beyond what they say when they are. */
  const readFrom = (request: IncomingMessage, by: { viewer: Viewer | null; client: ClientInfo }) => {
    if (isShortBody(request)) return readRequest(request);
    const { 'content-length': length, 'content-encoding': coding } = request.headers;
    if (length === undefined && coding === undefined) return readUndeclared(request, by);
    const declared = Number(length ?? 0);
    rates.bytes(by, declared);
    return readRequest(request, (came) => rates.moreBytes(by, Math.max(0, came - declared)));
  };

  /** One that does not say how long it is is read as far as a short one before it is refused: many clients never say it. */
  const readUndeclared = async (
    request: IncomingMessage,
    by: { viewer: Viewer | null; client: ClientInfo },
  ) => {
    const count = (came: number) => {
      if (came > shortBytes) rates.moreBytes(by, came);
    };
    try {
      rates.bytes(by, 0);
    } catch (tooMany) {
      return await readRequest(request, ignore, shortBytes).catch((error: unknown) => {
        throw error instanceof BodyTooLargeError ? tooMany : error;
      });
    }
    return readRequest(request, count);
  };

  const stream = async (
    request: IncomingMessage,
    response: ServerResponse,
    client: ClientInfo,
    format: StreamFormat,
  ) => {
    const { authorization } = request.headers;
    const session = verify && authorization !== undefined ? await verify(authorization) : null;
    rates.fromViewer(session?.viewer ?? null);
    const { params } = await readFrom(request, { viewer: session?.viewer ?? null, client });
    await starts.enter(addressKey(client));
    await streams.serve({ request, response, format, client, session, params });
  };

  const execute = async (
    request: IncomingMessage,
    response: ServerResponse,
    client: ClientInfo,
    { inParts, whole }: Accepted,
  ) => {
    checkPreflighted(request);
    const coding = wantedCoding(request);
    const { authorization } = request.headers;
    const session = verify && authorization !== undefined ? await verify(authorization) : null;
    const viewer = session?.viewer ?? null;
    rates.fromViewer(viewer);
    const asked = await readFrom(request, { viewer, client });
    const due = starts.enter(addressKey(client));
    if (due) await due;
    if (response.destroyed) return;
    const { method, headers, params } = asked;
    const takePart = inParts && (coding.plain || !whole) ? partsInto(response) : undefined;
    const answer = await operations.executeHttp(
      { method, headers, params, mediaType: whole ?? 'application/json; charset=utf-8', takePart },
      { viewer, client, requestId: currentRequestId() ?? '', signal: signalOf(response) },
    );
    if (!answer || response.destroyed) return;
    if (!whole) return sendOnlyPart(response, answer);
    // Whatever gives a secret (tokens, recovery codes) is a mutation.
    await sendResponse(response, answer, coding, currentRecord()?.type === 'query');
  };

  return async (request, response) => {
    response.gather(securityHeaders);
    const isForGraphql = isGraphql(request);
    // A page that may ask is to read why it was refused, too.
    if (isForGraphql) response.gather(cors.headersFor(request));
    try {
      const client = admit(request);
      if (!isForGraphql) {
        if (!(await other(request, response))) sendError(response, 404, 'NOT_FOUND', 'There is nothing here');
        return;
      }
      if (request.method === 'OPTIONS') {
        response.writeHead(204, cors.preflightHeadersFor(request)).end();
        return;
      }
      checkRequest(request);
      const accepted = wantedForm(request);
      await (accepted.stream
        ? stream(request, response, client, accepted.stream)
        : execute(request, response, client, accepted));
    } catch (error) {
      // Node would read on to the end of a body that nobody wants, to keep the connection.
      if (!request.complete && !isShortBody(request)) response.gather({ connection: 'close' });
      if (response.headersSent || !sendFault(response, error)) throw error;
    }
  };
}

const ignore = () => undefined;

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Told of when the client goes away before it has its answer, and only then; it must be there still. */
function signalOf(response: ServerResponse): LightAbortSignal {
  const signal = new LightAbortSignal();
  response.on('close', () => {
    if (!response.writableFinished) signal.abort();
  });
  return signal;
}
