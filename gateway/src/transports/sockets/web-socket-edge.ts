import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '@socialhub/platform/errors';
import { refuseUpgrade, type UpgradeRefusal } from '@socialhub/platform/http/refuse-upgrade';
import type { HttpServer } from '@socialhub/platform/http/server';
import type { ConnectionGuard } from '@socialhub/platform/limits/connection-guard';
import { type Logger, requestIdFrom, withRequestId } from '@socialhub/platform/log';
import { type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type AtOnce, takeSocketPlace } from '../../admission/at-once.ts';
import type { PacedQueue } from '../../admission/paced-queue.ts';
import { addressKey, type RateLimits } from '../../admission/rate-limit.ts';
import { type FormatError, formatThrown } from '../../errors/format-error.ts';
import type { ClientOf } from '../../identity/client-info.ts';
import type { ConnectionSessions } from '../../identity/connection-sessions.ts';
import { maxOperationBytes } from '../../operations/operation-params.ts';
import type { Operations, SocketOutcome } from '../../operations/operations.ts';
import type { Cors } from '../http/cors.ts';
import { isGraphql } from '../http/http-edge.ts';
import { ClientSocket } from './client-socket.ts';
import { closeCode } from './close-codes.ts';
import { SocketConnection, type SocketConnections } from './socket-connection.ts';
import { maintainConnections } from './socket-maintenance.ts';
import { SocketPlace } from './socket-place.ts';
import {
  argumentsFor,
  completedBefore,
  FormattedError,
  formatEnd,
  formatResult,
  resultOf,
  tooManyOperations,
} from './socket-results.ts';
import { refusalFor, refusalIn, subprotocolRefusal } from './upgrade.ts';

/** What a socket may cost; how many there are at once is `AtOnce`'s. */
export interface SocketLimits {
  operationsPerSocket: number;
  messageBytes: number;
  /** Bytes that may wait for a slow reader; and for all of them together. */
  waitingBytes: number;
  /** What has come of messages that are not whole yet counts as well. */
  waitingBytesOfAll: number;
  initTimeoutMs: number;
  /** Between pings; a socket that has not answered the last one by the next is gone. */
  keepAliveMs: number;
}

export const defaultSocketLimits: SocketLimits = {
  operationsPerSocket: 50,
  messageBytes: maxOperationBytes,
  waitingBytes: 1_000_000,
  waitingBytesOfAll: 256_000_000,
  initTimeoutMs: 5000,
  keepAliveMs: 15_000,
};

type ProtocolContext = Context<Record<string, unknown>, SocketConnection>;

/**
 * GraphQL over WebSocket (graphql-transport-ws) at /graphql: queries, mutations and subscriptions, on the road that
 * HTTP takes too. `close` sends every client away with 1001, in batches, and takes no new one.
 */
export function createWebSocketEdge(options: {
  server: HttpServer['server'];
  operations: Operations;
  sessions: ConnectionSessions;
  cors: Cors;
  clientOf: ClientOf;
  rates: RateLimits;
  atOnce: AtOnce;
  guard: ConnectionGuard;
  /** Where operations wait for their turn to begin. */
  starts: PacedQueue;
  formatError: FormatError;
  log: Logger;
  limits?: Partial<SocketLimits>;
}): { readonly size: number; close(): Promise<void> } {
  const { server, operations, sessions, cors, clientOf, rates, atOnce, guard, starts, formatError, log } =
    options;
  const limits = { ...defaultSocketLimits, ...options.limits };
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    WebSocket: ClientSocket,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    // A message of many small parts takes many times its length to keep.
    maxFragments: 1024,
    maxBufferedChunks: 4096,
    // `SocketConnection` counts pings before it answers them.
    autoPong: false,
    // Named so in the documentation of `ws`, but not in its types.
    ...{ closeTimeout: goodbyeMs },
    handleProtocols,
  });
  const connections: SocketConnections = {
    all: new Set(),
    uninitialised: new Map(),
    sessions,
    waitingBytes: limits.waitingBytes,
    initTimeoutMs: limits.initTimeoutMs,
    rates,
    atOnce,
    log,
  };
  let draining = false;

  const protocol = makeServer<Record<string, unknown>, SocketConnection>({
    // `maintainConnections` sees to it; the library's timer would be kept for as long as the socket lives.
    connectionInitWaitTimeout: 0,
    async onConnect(context) {
      const { connectionParams, extra } = context;
      extra.initialised();
      // They hold a token of a kilobyte.
      (context as { connectionParams?: unknown }).connectionParams = undefined;
      return (await extra.session.signIn(authorizationOf(connectionParams))) && extra.admitViewer();
    },
    async onSubscribe(protocolContext: ProtocolContext, id, payload) {
      const { extra } = protocolContext;
      if (extra.excess) return [new FormattedError(formatThrown(formatError, extra.excess))];
      if (!extra.begins(id)) return [completedBefore];
      try {
        const outcome = await begin(protocolContext, id, payload);
        // The library keeps the message for as long as the subscription runs, but looks at its id alone.
        Object.assign(payload, { query: '', variables: undefined, extensions: undefined });
        if (outcome.kind === 'refused') return outcome.errors.map((error) => new FormattedError(error));
        return argumentsFor(outcome, extra, id);
      } finally {
        extra.beginning.delete(id);
      }
    },
    execute: resultOf,
    subscribe: resultOf,
    onNext: (_connection, _id, _payload, _args, result) => formatResult(result, formatError),
    onError: (_connection, _id, _payload, errors) => errors.flatMap((error) => formatEnd(error, formatError)),
  });

  const begin = async (
    protocolContext: ProtocolContext,
    id: string,
    payload: SubscribePayload,
  ): Promise<SocketOutcome> => {
    const { subscriptions, extra } = protocolContext;
    const { context } = extra.session;
    const askedAt = new Date();
    // What was completed before it began is none of the library's any more, but it waits for its turn.
    if (Math.max(Object.keys(subscriptions).length, extra.beginning.size) > limits.operationsPerSocket)
      return tooManyOperations(limits.operationsPerSocket);
    const due = starts.enter(addressKey(context.client));
    if (due) await due;
    // A socket that has closed has no subscriptions.
    if (!(id in protocolContext.subscriptions)) return { kind: 'refused', errors: [completedBefore] };
    return withRequestId(context.requestId, () => operations.executeSocket({ ...payload }, context, askedAt));
  };

  // No closure that lives as long as the socket is made here: it would keep the request.
  const accept = (socket: ClientSocket, request: IncomingMessage) => {
    const connection = new SocketConnection(connections, socket, request.socket, {
      client: clientOf(request),
      requestId: requestIdFrom(request.headers['x-request-id']),
      authorization: request.headers.authorization,
    });
    const place = guard.heldBy(request.socket);
    if (place instanceof SocketPlace) place.connection = connection;
    connection.onClosed(protocol.opened(connection, connection));
  };

  /** Throws what is told in the answer, or gives it. */
  const refusalOf = (request: IncomingMessage): UpgradeRefusal | null => {
    if (draining) throw unavailable();
    const client = clientOf(request);
    rates.fromAddress(client);
    if (!isGraphql(request)) return isNowhere;
    if (!cors.allowsSocket(request)) return isForeign;
    const refusal = subprotocolRefusal(request);
    if (refusal) return refusal;
    const place = new SocketPlace(request.socket);
    takeSocketPlace(atOnce, addressKey(client), place);
    guard.hold(request.socket, atOnce.sockets, place);
    return null;
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Nobody else listens any more, and a client may break off at any moment.
    socket.on('error', ignore);
    const refusal = refusalIn(() => refusalOf(request));
    if (refusal) return refuseUpgrade(socket, refusal);
    await starts.enter(addressKey(clientOf(request)));
    if (socket.destroyed) return;
    if (draining) return refuseUpgrade(socket, refusalFor(unavailable()));
    socket.off('error', ignore);
    sockets.handleUpgrade(request, socket, head, accept);
  };
  server.on('upgrade', upgrade);

  const stopCare = maintainConnections(connections, limits);

  return {
    get size() {
      return connections.all.size;
    },
    async close() {
      draining = true;
      await sendAway([...connections.all].map(({ socket }) => socket));
      stopCare();
      server.off('upgrade', upgrade);
    },
  };
}

const batchSize = 200;
const batchPauseMs = 50;
const goodbyeMs = 3000;

/** In batches, so that the clients do not all come back to the other instances in one moment. */
async function sendAway(clients: readonly WebSocket[]): Promise<void> {
  const gone = clients.map(
    (client) =>
      new Promise<void>((resolve) =>
        client.readyState === client.CLOSED ? resolve() : client.once('close', () => resolve()),
      ),
  );
  for (let start = 0; start < clients.length; start += batchSize) {
    if (start > 0) await delay(batchPauseMs);
    for (const client of clients.slice(start, start + batchSize))
      client.close(closeCode.goingAway, 'Going away');
  }
  const impatience = setTimeout(() => {
    for (const client of clients) client.terminate();
  }, goodbyeMs);
  await Promise.all(gone);
  clearTimeout(impatience);
}

/** Whoever has gone before the answer has; the socket is destroyed by then. */
const ignore = () => {};

const isNowhere: UpgradeRefusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here' };
const isForeign: UpgradeRefusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'Pages of this origin may not open sockets here',
};
/** What connection_init says of who asks, even if it is nothing; undefined: it does not speak of it. */
const authorizationOf = (params: Record<string, unknown> | undefined): unknown =>
  params && 'authorization' in params ? params.authorization : params?.Authorization;
