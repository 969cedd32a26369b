import { createHash } from 'node:crypto';
import {
  ApolloServer,
  type ApolloServerPlugin,
  type HeaderMap,
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
import type { Viewer } from '@socialhub/platform/identity';
import type { Logger } from '@socialhub/platform/log';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import type { GatewayContext } from './context.ts';
import {
  type Engine,
  type Grant,
  type Limits,
  type LiveStream,
  parseWithin,
  stringifyResult,
} from './engine/index.ts';
import { type FormatError, formatAll, formatThrown } from './format-error.ts';
import { type HttpParams, putParams, readParams } from './http-params.ts';
import type { OperationSource } from './persisted-operations.ts';
import type { Safety } from './safety.ts';

/** An operation as it comes over a transport that can carry subscriptions. */
export interface SocketOperation {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
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
  executeHttp(request: HTTPGraphQLRequest, context: GatewayContext): Promise<HTTPGraphQLResponse>;
  executeSocket(operation: SocketOperation, context: GatewayContext): Promise<SocketOutcome>;
  stop(): Promise<void>;
}

export function createOperations(options: {
  engine: Engine<GatewayContext>;
  safety: Safety;
  limits: Limits;
  introspection: boolean;
  isProduction: boolean;
  formatError: FormatError;
  plugins: readonly ApolloServerPlugin<GatewayContext>[];
  log: Logger;
}): Operations {
  const { engine, limits, formatError, log } = options;
  const { rates, persisted } = options.safety;
  const checkSize = createCheckSize(limits);
  /** Finds the text that is meant and measures it; throws a GraphQLError. */
  const admitText = (source: OperationSource) => {
    const { query, remember } = persisted.find(source);
    checkSize(query);
    remember();
    const { persistedQuery: _found, ...extensions } = source.extensions ?? {};
    return { query, extensions };
  };
  const serialise = ({ errors, ...result }: ExecutionResult) =>
    stringifyResult(errors ? { ...result, errors: formatAll(errors, formatError) } : result);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: engine.gateway,
    introspection: options.introspection,
    formatError,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: options.isProduction,
    parseOptions: { maxTokens: limits.tokens },
    csrfPrevention: true,
    // Ours knows the list of operations too, and sockets.
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // The executor has written the data already.
    stringifyResult,
    logger: log,
    plugins: [
      ...options.plugins,
      checks(engine, options.safety),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });

  return {
    start: () => apollo.start(),
    async executeHttp(request, context) {
      let params: HttpParams | null = null;
      const httpGraphQLRequest = { ...request };
      const response = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        // Called when the request cannot be one that a page of another site made a browser send.
        context: async () => {
          params = readParams(request);
          if (params) putParams(httpGraphQLRequest, { ...params, ...admitText(params) });
          return context;
        },
      });
      return { ...response, status: statusOf(response, params !== null) };
    },
    async executeSocket(operation, context) {
      let text: ReturnType<typeof admitText>;
      try {
        rates.fromAddress(context.client);
        rates.fromViewer(context.viewer);
        text = admitText(operation);
      } catch (error) {
        return { kind: 'refused', errors: [formatThrown(formatError, error)] };
      }
      const subscription: NonNullable<GatewayContext['subscription']> = {
        isReadOnly: operation.isReadOnly === true,
      };
      const contextValue = withSubscription(context, subscription);
      const { body } = await apollo.executeOperation(
        {
          query: text.query ?? '',
          variables: operation.variables ?? {},
          ...(operation.operationName && { operationName: operation.operationName }),
          ...(text.extensions && { extensions: text.extensions }),
        },
        { contextValue },
      );
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
        return { kind: 'started', stream: engine.subscribe(loaded, checked, context, serialise) };
      } catch (error) {
        return { kind: 'refused', errors: [formatThrown(formatError, error)] };
      }
    },
    stop: () => apollo.stop(),
  };
}

/** Inherits from the context: what that tells, it tells when it is asked. */
function withSubscription(
  context: GatewayContext,
  subscription: NonNullable<GatewayContext['subscription']>,
): GatewayContext {
  return Object.assign(Object.create(context) as GatewayContext, { subscription });
}

/** Authorisation by the schema's directives, and the turn-off for subscriptions, which Apollo Server does not run. */
function checks(engine: Engine<GatewayContext>, safety: Safety): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, schema, request, contextValue }) {
          if (!operation) {
            throw refusal(
              'BAD_USER_INPUT',
              'operationName names no operation, or one of several has to be named',
            );
          }
          const loaded = engine.loaded(schema);
          const checked = {
            operation,
            fragments: fragmentsOf(document),
            variables: request.variables ?? {},
          };
          const refused = loaded.authorize(checked, grantOf(contextValue.viewer));
          if (refused?.code === 'UNAUTHENTICATED') {
            throw refusal(
              'UNAUTHENTICATED',
              `Sign in first: ${refused.coordinate} is for people who are signed in`,
            );
          }
          if (refused) throw refusal('FORBIDDEN', `Not allowed: ${refused.coordinate}`);
          if (operation.operation === 'mutation' && contextValue.subscription?.isReadOnly) {
            throw refusal('BAD_USER_INPUT', 'A mutation is asked for with POST');
          }
          if (operation.operation === 'subscription' && !contextValue.subscription) {
            throw refusal(
              'BAD_USER_INPUT',
              'Subscriptions run over a WebSocket (graphql-transport-ws) at this address, or with accept: text/event-stream',
            );
          }
          safety.admit(contextValue, loaded.price(checked));
        },
        async responseForOperation({ operation, document, schema, request, contextValue, response }) {
          if (operation.operation !== 'subscription' || !contextValue.subscription) return null;
          contextValue.subscription.checked = {
            document,
            operation,
            schema,
            variables: request.variables ?? {},
          };
          return { http: response.http, body: { kind: 'single', singleResult: { data: null } } };
        },
      };
    },
  };
}

const nothing: ReadonlySet<string> = new Set();

function grantOf(viewer: Viewer | null): Grant {
  return {
    authenticated: viewer !== null,
    scopes: viewer ? new Set(viewer.scopes) : nothing,
    // No policy is defined, so whatever asks for one is refused.
    policies: nothing,
  };
}

const statusOfRefusal = { UNAUTHENTICATED: 401, FORBIDDEN: 403, BAD_USER_INPUT: 400 } as const;

const refusal = (code: keyof typeof statusOfRefusal, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: statusOfRefusal[code] } } });

/** What GraphQL itself refuses with; whatever else has a status of its own is not about the operation. */
const statusesOfRefusals: ReadonlySet<number | undefined> = new Set([400, 401, 403]);

/**
 * GraphQL over HTTP: an answer as application/json to a well-formed request is a 200 whatever GraphQL thinks of
 * the operation; clients that ask for application/graphql-response+json get the status that fits.
 */
function statusOf(answer: { status?: number; headers: HeaderMap }, isWellFormed: boolean): number {
  const isPlainJson = answer.headers.get('content-type')?.startsWith('application/json');
  if (isWellFormed && isPlainJson && statusesOfRefusals.has(answer.status)) return 200;
  return answer.status ?? 200;
}

const maxKnownGood = 2000;

/**
 * Measures a document before Apollo Server sees it: some of validation takes time that grows with the square of
 * the document. One that was good is known again by its hash.
 */
function createCheckSize(limits: Limits) {
  const knownGood = new Set<string>();
  return (query: unknown): void => {
    if (typeof query !== 'string' || query === '') return;
    const hash = createHash('sha256').update(query).digest('base64');
    if (knownGood.has(hash)) return;
    try {
      parseWithin(query, limits);
    } catch (error) {
      if (error instanceof GraphQLError) error.extensions.http = { status: 400 };
      throw error;
    }
    if (knownGood.size >= maxKnownGood) knownGood.clear();
    knownGood.add(hash);
  };
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments[node.name.value] = node;
  }
  return fragments;
}
