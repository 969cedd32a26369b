import type { IncomingMessage } from 'node:http';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import { createMoment, createMoments, type Moment } from '../database/moment.ts';
import { refuseUpgrade, type UpgradeRefusal } from '../http/refuse-upgrade.ts';
import { targetOf } from '../http/request-target.ts';
import type { HttpServer } from '../http/server.ts';
import type { Identity } from '../identity/identity.ts';
import { IDENTITY_HEADER } from '../identity/identity-signer.ts';
import { type Logger, requestIdFrom, withRequestId } from '../log.ts';
import { countStream } from '../metrics/stream-metrics.ts';
import { createEventTurns, type EventTurns } from './event-turns.ts';
import type { Peers } from './peers.ts';
import { createProtocolSockets } from './protocol-sockets.ts';
import { isErrors, type SubgraphOperations } from './subgraph-operations.ts';

/** For connection_init, after the handshake. */
const initTimeoutMs = 3_000;

/**
 * Serves subscriptions over graphql-transport-ws at `/graphql`. One connection carries many viewers, so identity
 * comes with each operation (`extensions.identity`), never with the connection: what its handshake has to bear says only that
 * it is the gateway's. Every event is executed with a fresh context, so that no loader remembers what was true at an earlier
 * event; events of the same moment share their look-ups.
 */
export function serveSubscriptions<Context>(options: {
  /** Whose they are, in the metrics. */
  service: string;
  http: HttpServer;
  peers: Peers;
  schema: GraphQLSchema;
  operations: SubgraphOperations;
  verifyIdentity: (token: string | string[] | undefined) => Identity;
  createContext: (identity: Identity, signal: AbortSignal, moment: Moment) => Context;
  log: Logger;
}): { protocol: Server; close(): Promise<void> } {
  const { http, peers, schema, operations, verifyIdentity, createContext, log } = options;

  const presentMoment = createMoments();
  const turns = createEventTurns();
  const protocol = makeServer({
    connectionInitWaitTimeout: initTimeoutMs,
    onSubscribe(_connection, _id, { query, variables, operationName, extensions }) {
      // First of all: whoever is not the gateway learns nothing of the schema either.
      const identity = identify(() => verifyIdentity(stringOf(extensions?.identity)));
      if (identity instanceof GraphQLError) return [identity];
      const document = operations.prepare(query);
      if (isErrors(document)) return document;
      return {
        schema,
        document,
        variableValues: variables ?? null,
        operationName: operationName ?? null,
        contextValue: {
          identity,
          requestId: requestIdFrom(stringOf(extensions?.requestId)),
        } satisfies Operation,
      };
    },
    subscribe: (args) =>
      withRequestId((args.contextValue as Operation).requestId, () =>
        open(args, createContext, presentMoment, turns, () => countStream(options.service)),
      ),
    onNext: (_connection, _id, _payload, _args, result) =>
      result.errors ? { ...result, errors: operations.format(result.errors) } : undefined,
    onError: (_connection, _id, _payload, errors) => operations.format(errors),
  });
  const sockets = createProtocolSockets(protocol, log);

  /** Who is not the gateway is told nothing else, and takes no place. */
  const refusalOf = (request: IncomingMessage): UpgradeRefusal | null => {
    const identity = identify(() => verifyIdentity(request.headers[IDENTITY_HEADER]));
    if (identity instanceof GraphQLError)
      return { status: 401, code: 'UNAUTHENTICATED', message: identity.message };
    if (targetOf(request).path !== '/graphql') return isNowhere;
    return peers.takeSocket(request) ? isFull : null;
  };

  http.server.on('upgrade', (request, socket, head) => {
    const refusal = refusalOf(request);
    if (refusal) {
      // Nobody else listens any more, and whoever calls may break off at any moment.
      socket.on('error', () => undefined);
      return refuseUpgrade(socket, refusal);
    }
    sockets.server.handleUpgrade(request, socket, head, sockets.add);
  });

  return { protocol, close: sockets.close };
}

const isNowhere: UpgradeRefusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here' };
const isFull: UpgradeRefusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'There are as many sockets as may be',
  headers: { 'retry-after': '1' },
};

interface Operation {
  identity: Identity;
  requestId: string;
}

async function open<Context>(
  args: ExecutionArgs,
  createContext: (identity: Identity, signal: AbortSignal, moment: Moment) => Context,
  presentMoment: () => Moment,
  turns: EventTurns,
  count: () => () => void,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const { identity, requestId } = args.contextValue as Operation;
  const ended = new AbortController();
  const source = await createSourceEventStream({
    ...args,
    contextValue: createContext(identity, ended.signal, createMoment()),
  });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const uncount = count();

  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    uncount();
    // The source may be waiting for its next event: the signal ends the wait, so that its `finally` runs now.
    ended.abort();
    await events.return?.();
    return { done: true, value: undefined };
  };
  const stream: AsyncGenerator<ExecutionResult> = {
    async next() {
      const event = await withRequestId(requestId, () => events.next()).catch((error: unknown) => {
        uncount();
        throw error;
      });
      if (event.done) return end();
      const run = async (): Promise<ExecutionResult> => {
        const contextValue = createContext(identity, ended.signal, presentMoment());
        return execute({ ...args, rootValue: event.value, contextValue });
      };
      return { done: false, value: await turns.run(identity.viewer?.userId, run, ended.signal) };
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
  return stream;
}

function identify(verify: () => Identity): Identity | GraphQLError {
  try {
    return verify();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
