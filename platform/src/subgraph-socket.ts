import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { CodedError, maskErrors } from './errors.ts';
import type { HttpServer } from './http.ts';
import type { Identity } from './identity.ts';
import { type Logger, requestIdFrom, withRequestId } from './log.ts';

const keepAliveMs = 10_000;
const maxDocuments = 200;

/**
 * Serves subscriptions over graphql-transport-ws at `/graphql`. One connection carries many viewers, so identity
 * comes with each operation (`extensions.identity`), never with the connection. Every event is executed with a
 * fresh context, so that no loader remembers what was true at an earlier event.
 */
export function serveSubscriptions<Context>(options: {
  http: HttpServer;
  schema: GraphQLSchema;
  log: Logger;
  verifyIdentity: (token: string | undefined) => Identity;
  createContext: (identity: Identity, signal: AbortSignal) => Context;
}): { close(): Promise<void> } {
  const { http, schema, log, verifyIdentity, createContext } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();
  const mask = maskErrors(log);
  const format = (errors: readonly GraphQLError[]) =>
    errors.map((error) =>
      mask({ ...error.toJSON(), extensions: requestFault(error) ?? error.extensions }, error),
    );

  const prepare = (query: string) => {
    let document = documents.get(query);
    if (!document) {
      document = parseAndValidate(schema, query);
      if (documents.size >= maxDocuments) documents.clear();
      documents.set(query, document);
    }
    return document;
  };

  const server = useServer(
    {
      onSubscribe(_connection, _id, { query, variables, operationName, extensions }) {
        // First of all: whoever is not the gateway learns nothing of the schema either.
        const identity = identify(() => verifyIdentity(stringOf(extensions?.identity)));
        if (identity instanceof GraphQLError) return [identity];
        const document = prepare(query);
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
        withRequestId((args.contextValue as Operation).requestId, () => open(args, createContext)),
      onNext: (_connection, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: format(result.errors) } : undefined,
      onError: (_connection, _id, _payload, errors) => format(errors),
    },
    sockets,
    keepAliveMs,
  );

  http.server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?', 1)[0] !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request));
  });

  return { close: async () => server.dispose() };
}

interface Operation {
  identity: Identity;
  requestId: string;
}

async function open<Context>(
  args: ExecutionArgs,
  createContext: (identity: Identity, signal: AbortSignal) => Context,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const { identity, requestId } = args.contextValue as Operation;
  const ended = new AbortController();
  const source = await createSourceEventStream({
    ...args,
    contextValue: createContext(identity, ended.signal),
  });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();

  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    // The source may be waiting for its next event: the signal wakes it, so that its `finally` runs now.
    ended.abort();
    await events.return?.();
    return { done: true, value: undefined };
  };
  const stream: AsyncGenerator<ExecutionResult> = {
    async next() {
      const event = await withRequestId(requestId, () => events.next());
      if (event.done) return { done: true, value: undefined };
      const contextValue = createContext(identity, ended.signal);
      return { done: false, value: await execute({ ...args, rootValue: event.value, contextValue }) };
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

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: 10_000 });
    const errors = validate(schema, document);
    return errors.length > 0 ? errors.map(asRequestFault) : document;
  } catch (error) {
    return [asRequestFault(error as GraphQLError)];
  }
}

const asRequestFault = (error: GraphQLError) =>
  new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });

const requestFault = (error: GraphQLError) =>
  error.originalError || error.path || error instanceof CodedError
    ? null
    : { code: error.extensions.code ?? 'BAD_REQUEST' };

function identify(verify: () => Identity): Identity | GraphQLError {
  try {
    return verify();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const isErrors = (value: DocumentNode | readonly GraphQLError[]): value is readonly GraphQLError[] =>
  Array.isArray(value);
const stringOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
