import type { IncomingHttpHeaders } from 'node:http';
import {
  ApolloServer,
  type ApolloServerPlugin,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import {
  checkNesting,
  type Engine,
  type Limits,
  type LiveStream,
  stringifyResult,
} from '@socialhub/federation-engine';
import type { Logger } from '@socialhub/platform/log';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { OperationSource } from '../admission/persisted-operations.ts';
import type { GatewayContext } from '../context.ts';
import { type FormatError, formatAll, formatThrown } from '../errors/format-error.ts';
import type { WatchOperation } from '../telemetry/telemetry.ts';
import { admissionPlugin, telemetryPlugin } from './apollo-plugins.ts';
import { createDocuments } from './documents.ts';
import { createFastPath } from './fast-path.ts';
import { createHandedDocuments } from './handed-documents.ts';
import { type OperationParams, putParams, readParams } from './operation-params.ts';
import { statusOf } from './status.ts';

/** A well-formed request for /graphql. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  headers: IncomingHttpHeaders;
  params: OperationParams;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** An operation as it comes over a transport that can carry subscriptions; its parameters have not been read yet. */
export interface SocketOperation extends Partial<Record<keyof OperationParams, unknown>> {
  /** It may not be a mutation. */
  isReadOnly?: boolean;
}

/** What became of it: refused before it ran, answered, or a stream that has started. */
export type SocketOutcome =
  | { kind: 'refused'; errors: readonly GraphQLFormattedError[] }
  | { kind: 'answered'; result: FormattedExecutionResult }
  | { kind: 'started'; stream: LiveStream };

/** The one road that every operation takes, whatever transport it came by: limits, validation, authorisation, run. */
export interface Operations {
  start(): Promise<void>;
  executeHttp(ask: HttpRequest, context: GatewayContext): Promise<HttpResponse>;
  executeSocket(operation: SocketOperation, context: GatewayContext): Promise<SocketOutcome>;
  stop(): Promise<void>;
}

export function createOperations(options: {
  engine: Engine<GatewayContext>;
  admission: Admission;
  limits: Limits;
  introspection: boolean;
  isProduction: boolean;
  formatError: FormatError;
  /** Follows every operation. */
  watch: WatchOperation;
  /** Plugins of Apollo Server beside our own; with one, every request goes all of its way. */
  plugins?: readonly ApolloServerPlugin<GatewayContext>[];
  log: Logger;
}): Operations {
  const { engine, limits, formatError, log, admission, plugins = [] } = options;
  const { rates, persisted, heavy } = admission;
  const documents = createDocuments(engine);
  const handed = createHandedDocuments();
  const fastPath = createFastPath({ engine, documents, admission, formatError, watch: options.watch });
  const payFor = (context: GatewayContext, isListed: () => boolean) => () => {
    if (!isListed()) rates.newOperation(context);
  };
  /** Finds the text that is meant, and what is known of it; throws a GraphQLError. */
  const admitText = async (source: OperationSource, variables: unknown, context: GatewayContext) => {
    checkNesting(variables);
    const { query, remember, isListed } = persisted.find(source);
    const known = query ? await documents.study(query, context, payFor(context, isListed)) : null;
    if (known && !known.faults) remember();
    const { persistedQuery: _found, ...extensions } = source.extensions ?? {};
    return { query, extensions, known };
  };
  // A document has more than one operation, and what was made of one is forgotten some day.
  engine.beforePlanning((document, context) => {
    if (!documents.takePaid(document)) rates.newOperation(context);
  });
  engine.runThrough(async (run, context) => {
    const result = await heavy.run(run, context);
    if (result.data) rates.answered(context, result.data.text.length);
    return result;
  });
  const serialise = ({ errors, ...result }: ExecutionResult) =>
    stringifyResult(errors ? { ...result, errors: formatAll(errors, formatError) } : result);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: engine.gateway,
    introspection: options.introspection,
    formatError,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: options.isProduction,
    parseOptions: { maxTokens: limits.tokens },
    // Documents come with what is known of them: see Documents.
    documentStore: handed.store,
    // Of HTTP, the edge has judged all that there is to judge.
    csrfPrevention: false,
    // Ours knows the list of operations too, and sockets.
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // The executor has written the data already.
    stringifyResult,
    logger: log,
    plugins: [
      ...plugins,
      telemetryPlugin(options.watch),
      admissionPlugin(engine, admission, documents, formatError),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });

  const answerOf = (ask: HttpRequest, response: HTTPGraphQLResponse): HttpResponse => {
    const { headers, body } = response;
    const mediaType = headers.get('content-type');
    if (mediaType !== undefined && response.status !== 406) fastPath.learn(ask.headers.accept, mediaType);
    return {
      status: statusOf(response.status ?? 200, mediaType),
      headers: Object.fromEntries(headers),
      text: body.kind === 'complete' ? body.string : '',
    };
  };

  /** The way of Apollo Server. */
  async function executeWhole(ask: HttpRequest, context: GatewayContext): Promise<HttpResponse> {
    const { method, params } = ask;
    let release: () => void = ignore;
    const headers = headerMap(ask.headers);
    const httpGraphQLRequest: HTTPGraphQLRequest = { method, headers, search: '', body: undefined };
    try {
      const response = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        context: async () => {
          const { known, ...text } = await admitText(params, params.variables, context);
          if (known) release = handed.hold(known);
          putParams(httpGraphQLRequest, { ...params, ...text });
          return context;
        },
      });
      return answerOf(ask, response);
    } finally {
      release();
    }
  }

  return {
    start: () => apollo.start(),
    executeHttp(ask, context) {
      const isShort = ask.method === 'POST' && plugins.length === 0;
      const known = isShort ? fastPath.execute(ask.headers.accept, ask.params, context) : null;
      return known ?? executeWhole(ask, context);
    },
    async executeSocket(operation, context) {
      let params: OperationParams;
      let text: Awaited<ReturnType<typeof admitText>>;
      try {
        params = readParams(operation);
        text = await admitText(params, params.variables, context);
      } catch (error) {
        return { kind: 'refused', errors: [formatThrown(formatError, error)] };
      }
      const subscription: NonNullable<GatewayContext['subscription']> = {
        isReadOnly: operation.isReadOnly === true,
      };
      const contextValue = withSubscription(context, subscription);
      const release = text.known ? handed.hold(text.known) : ignore;
      const { body } = await apollo
        .executeOperation(
          {
            query: text.query ?? '',
            variables: params.variables ?? {},
            ...(params.operationName && { operationName: params.operationName }),
            ...(text.extensions && { extensions: text.extensions }),
          },
          { contextValue },
        )
        .finally(release);
      if (body.kind !== 'single') throw new Error('incremental delivery is not served');
      const { data, errors, extensions } = body.singleResult;
      if (errors && data === undefined) return { kind: 'refused', errors };
      const { checked } = subscription;
      if (!checked) {
        const result = { ...(errors && { errors }), data: data ?? null, ...(extensions && { extensions }) };
        return { kind: 'answered', result };
      }
      try {
        const loaded = engine.loaded(checked.schema);
        return { kind: 'started', stream: await engine.subscribe(loaded, checked, context, serialise) };
      } catch (error) {
        return { kind: 'refused', errors: [formatThrown(formatError, error)] };
      }
    },
    stop: () => apollo.stop(),
  };
}

const ignore = () => undefined;

/** Inherits from the context: what that tells, it tells when it is asked. */
function withSubscription(
  context: GatewayContext,
  subscription: NonNullable<GatewayContext['subscription']>,
): GatewayContext {
  return Object.assign(Object.create(context) as GatewayContext, { subscription });
}

function headerMap(given: IncomingHttpHeaders): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
