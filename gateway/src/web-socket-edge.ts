import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, requestIdFrom, withRequestId } from '@socialhub/platform/log';
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  GraphQLSchema,
  parse,
} from 'graphql';
import { type Context, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { VerifyAccessToken } from './access-token.ts';
import { clientInfo } from './client-info.ts';
import type { Cors } from './cors.ts';
import { SubscriptionRefused } from './engine/index.ts';
import { type FormatError, formatThrown } from './format-error.ts';
import { graphqlPath } from './http-edge.ts';
import type { Operations, SocketOutcome } from './operations.ts';
import type { RevokedSessions } from './revoked-sessions.ts';
import { createSocketSession, type SocketSession } from './socket-session.ts';

/** What a socket may cost. */
export interface SocketLimits {
  sockets: number;
  operationsPerSocket: number;
  messageBytes: number;
  /** Bytes that may wait for a slow reader. */
  waitingBytes: number;
  initTimeoutMs: number;
  /** Between pings; a socket that has not answered the last one by the next is gone. */
  keepAliveMs: number;
}

export const defaultSocketLimits: SocketLimits = {
  sockets: 20_000,
  operationsPerSocket: 50,
  messageBytes: 256_000,
  waitingBytes: 1_000_000,
  initTimeoutMs: 5000,
  keepAliveMs: 15_000,
};

/** Close codes beside those of the protocol. Clients of graphql-ws come back after each of these. */
const closeCode = { goingAway: 1001, tryAgainLater: 1013, forbidden: 4403 } as const;

type Connection = Context<Record<string, unknown>, SocketSession>;

/**
 * GraphQL over WebSocket (graphql-transport-ws) at /graphql: queries, mutations and subscriptions, on the road that
 * HTTP takes too. `close` sends every client away with 1001, in batches, and takes no new one.
 */
export function createWebSocketEdge(options: {
  server: Server;
  operations: Operations;
  verify: VerifyAccessToken | undefined;
  revoked: RevokedSessions;
  cors: Cors;
  trustedProxies: number;
  formatError: FormatError;
  log: Logger;
  limits?: Partial<SocketLimits>;
}): { close(): Promise<void> } {
  const { server, operations, verify, revoked, cors, formatError, log } = options;
  const limits = { ...defaultSocketLimits, ...options.limits };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  const sessions = new Set<SocketSession>();
  let draining = false;

  const protocol = makeServer<Record<string, unknown>, SocketSession>({
    connectionInitWaitTimeout: limits.initTimeoutMs,
    onConnect: ({ connectionParams, extra }) =>
      extra.signIn(connectionParams?.authorization ?? connectionParams?.Authorization),
    async onSubscribe({ subscriptions, extra: { context } }: Connection, _id, payload) {
      const outcome =
        Object.keys(subscriptions).length > limits.operationsPerSocket
          ? tooManyOperations(limits.operationsPerSocket)
          : await withRequestId(context.requestId, () => operations.executeSocket(payload, context));
      if (outcome.kind === 'refused') return outcome.errors.map((error) => new FormattedError(error));
      return argumentsFor(outcome);
    },
    execute: answerOf,
    subscribe: answerOf,
    onNext: (_connection, _id, _payload, _args, result) => formatResult(result, formatError),
    onError: (_connection, _id, _payload, errors) => errors.flatMap((error) => formatEnd(error, formatError)),
  });

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const session = createSocketSession({
      client: clientInfo(request, options.trustedProxies),
      requestId: requestIdFrom(request.headers['x-request-id']),
      verify,
      close: (reason) =>
        socket.close(reason === 'unavailable' ? closeCode.tryAgainLater : closeCode.forbidden, reason),
    });
    sessions.add(session);
    const stopPings = keepAlive(socket, limits.keepAliveMs);

    const send = (data: string): Promise<void> => {
      if (socket.readyState !== socket.OPEN) return Promise.resolve();
      if (socket.bufferedAmount > limits.waitingBytes) {
        socket.close(closeCode.tryAgainLater, 'Too slow');
        return Promise.resolve();
      }
      // Resolves when the message is on its way, so that a slow reader's events are not fetched ahead.
      // A message that could not be sent has no reader: the socket's end is told by its close.
      return new Promise((resolve) => socket.send(data, () => resolve()));
    };

    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send,
        close: (code, reason) => socket.close(code, reason),
        onMessage(handle) {
          socket.on('message', (data, isBinary) => {
            if (isBinary) return socket.close(4400, 'Messages are text');
            handle(String(data)).catch((error: unknown) => {
              log.error({ err: error }, 'unexpected error in a socket operation');
              socket.close(closeCode.tryAgainLater, 'Try again later');
            });
          });
        },
        async onPing(payload) {
          const { authorization, ...rest } = payload ?? {};
          if (authorization !== undefined && !(await session.renew(authorization))) return;
          await send(
            JSON.stringify({ type: 'pong', ...(Object.keys(rest).length > 0 && { payload: rest }) }),
          );
        },
      },
      session,
    );

    socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'));
    socket.once('close', (code, reason) => {
      stopPings();
      sessions.delete(session);
      session.end();
      closed(code, String(reason)).catch((error: unknown) =>
        log.error({ err: error }, 'a socket did not end cleanly'),
      );
    });
  });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?', 1)[0] !== graphqlPath) return refuseUpgrade(socket, 404, 'Not Found');
    if (!cors.allowsSocket(request)) return refuseUpgrade(socket, 403, 'Forbidden');
    if (draining || sockets.clients.size >= limits.sockets)
      return refuseUpgrade(socket, 503, 'Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
  };
  server.on('upgrade', upgrade);

  const stopListening = revoked.listen((sessionId) => {
    for (const session of sessions) session.revoke(sessionId);
  });

  return {
    async close() {
      draining = true;
      await sendAway([...sockets.clients]);
      stopListening();
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

/** Pings by WebSocket frames, which browsers answer by themselves; an unanswered one ends the socket. */
function keepAlive(socket: WebSocket, intervalMs: number): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, intervalMs);
  return () => clearInterval(timer);
}

function refuseUpgrade(socket: Duplex, status: number, text: string): void {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const tooManyOperations = (limit: number): SocketOutcome => ({
  kind: 'refused',
  errors: [
    {
      message: `Too many operations at once on this socket: at most ${limit} are allowed`,
      extensions: { code: 'RATE_LIMITED', retryAfter: 1, limit },
    },
  ],
});

/** An error that has its public form already. */
class FormattedError extends GraphQLError {
  readonly formatted: GraphQLFormattedError;

  constructor(formatted: GraphQLFormattedError) {
    super(formatted.message);
    this.formatted = formatted;
  }
}

/** The library asks the document one thing only: whether it is a subscription. The outcome is there already. */
const documents = { answered: parse('{ __typename }'), started: parse('subscription { __typename }') };
const noSchema = new GraphQLSchema({});

function argumentsFor(outcome: Exclude<SocketOutcome, { kind: 'refused' }>): ExecutionArgs {
  return { schema: noSchema, document: documents[outcome.kind], contextValue: outcome };
}

function answerOf({ contextValue }: ExecutionArgs): ExecutionResult | AsyncIterable<ExecutionResult> {
  const outcome = contextValue as Exclude<SocketOutcome, { kind: 'refused' }>;
  // An answer's errors are formatted already; `formatResult` leaves those as they are.
  return outcome.kind === 'started' ? outcome.events : (outcome.result as ExecutionResult);
}

function formatResult(result: ExecutionResult, format: FormatError) {
  if (!result.errors) return undefined;
  return {
    ...result,
    errors: result.errors.map((error) =>
      error instanceof GraphQLError ? formatThrown(format, error) : (error as GraphQLFormattedError),
    ),
  };
}

/** How a subscription that could not start or go on is told. */
function formatEnd(error: GraphQLError, format: FormatError): GraphQLFormattedError[] {
  if (error instanceof FormattedError) return [error.formatted];
  const { originalError } = error;
  if (originalError instanceof SubscriptionRefused) return [...originalError.errors];
  return [formatThrown(format, originalError ?? error)];
}
