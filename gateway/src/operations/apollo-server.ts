import type { IncomingHttpHeaders } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type Engine, type Limits, stringifyResult } from '@socialhub/federation-engine';
import type { Logger } from '@socialhub/platform/log';
import type { FormattedExecutionResult } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import type { FormatError } from '../errors/format-error.ts';
import type { WatchOperation } from '../telemetry/telemetry.ts';
import { admissionPlugin, telemetryPlugin } from './apollo-plugins.ts';
import { createHandedDocuments } from './handed-documents.ts';
import type { HttpRequest, HttpResponse } from './http-operation.ts';
import { type OperationParams, putParams } from './operation-params.ts';
import type { Prepared } from './prepare.ts';
import { statusOf } from './status.ts';

/** Apollo Server's pipeline, for operations that have been prepared. */
export interface ApolloPipeline {
  start(): Promise<void>;
  /** What `prepared` rejects with, it responds with. */
  executeHttp(
    request: HttpRequest,
    prepared: Prepared | Promise<Prepared>,
    context: GatewayContext,
  ): Promise<HttpResponse>;
  /** A query or a mutation by any other transport. Without data it was refused. */
  execute(
    params: OperationParams,
    prepared: Prepared,
    context: GatewayContext,
  ): Promise<FormattedExecutionResult>;
  stop(): Promise<void>;
}

export function createApolloPipeline(options: {
  engine: Engine<GatewayContext>;
  admission: Admission;
  limits: Limits;
  introspection: boolean;
  isProduction: boolean;
  formatError: FormatError;
  watch: WatchOperation;
  plugins: readonly ApolloServerPlugin<GatewayContext>[];
  log: Logger;
}): ApolloPipeline {
  const { engine, admission, formatError } = options;
  const handed = createHandedDocuments();
  const apollo = new ApolloServer<GatewayContext>({
    gateway: engine.gateway,
    introspection: options.introspection,
    formatError,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: options.isProduction,
    parseOptions: { maxTokens: options.limits.tokens },
    // Documents come with what is known of them: see prepare.ts.
    documentStore: handed.store,
    // Of HTTP, the edge has judged all that there is to judge.
    csrfPrevention: false,
    // Ours knows the list of operations too, and sockets.
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // The executor has written the data already.
    stringifyResult,
    logger: options.log,
    plugins: [
      ...options.plugins,
      telemetryPlugin(options.watch),
      admissionPlugin({ engine, admission, handed, formatError }),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  const hold = ({ document }: Prepared) => (document ? handed.hold(document) : ignore);

  return {
    start: () => apollo.start(),
    async executeHttp({ method, headers, params, mediaType }, prepared, context) {
      let release: () => void = ignore;
      const httpGraphQLRequest: HTTPGraphQLRequest = {
        method,
        // What the answer is to be has been chosen.
        headers: headerMap({ ...headers, accept: mediaType }),
        search: '',
        body: undefined,
      };
      try {
        const {
          status,
          headers: given,
          body,
        } = await apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest,
          context: async () => {
            const found = await prepared;
            release = hold(found);
            putParams(httpGraphQLRequest, withText(params, found));
            return context;
          },
        });
        return {
          status: statusOf(status ?? 200, given.get('content-type')),
          headers: Object.fromEntries(given),
          text: body.kind === 'complete' ? body.string : '',
        };
      } finally {
        release();
      }
    },
    async execute(params, prepared, contextValue) {
      const { query = '', variables = {}, operationName, extensions } = withText(params, prepared);
      const { body } = await apollo
        .executeOperation(
          { query, variables, ...(operationName && { operationName }), ...(extensions && { extensions }) },
          { contextValue },
        )
        .finally(hold(prepared));
      if (body.kind !== 'single') throw new Error('incremental delivery is not served');
      return body.singleResult;
    },
    stop: () => apollo.stop(),
  };
}

const ignore = () => undefined;

/** With the text that was found. What named it is done with: Apollo Server would look for it again. */
function withText(params: OperationParams, { query }: Prepared): OperationParams {
  const { persistedQuery: _found, ...extensions } = params.extensions ?? {};
  return { ...params, query, extensions };
}

function headerMap(given: IncomingHttpHeaders): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
