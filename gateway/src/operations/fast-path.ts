import {
  checkNesting,
  type Engine,
  faultsOfVariables,
  type LoadedSupergraph,
  stringifyResult,
} from '@socialhub/federation-engine';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { FoundOperation } from '../admission/persisted-operations.ts';
import type { GatewayContext } from '../context.ts';
import { type FormatError, formatThrown } from '../errors/format-error.ts';
import type { OperationWatch, WatchOperation } from '../telemetry/telemetry.ts';
import { admitOperation } from './admit.ts';
import type { Documents, KnownOperation } from './documents.ts';
import type { OperationParams } from './operation-params.ts';
import type { HttpResponse } from './operations.ts';
import { statusOf } from './status.ts';

/**
 * The fast path for what is known to be valid, past Apollo Server. It asks again all that hangs on
 * the request: the list of operations, authorisation, cost, variables. Its answers are Apollo Server's, to the byte.
 */
export interface FastPath {
  /** Null: it has to pass Apollo Server. */
  execute(
    accept: string | undefined,
    params: OperationParams,
    context: GatewayContext,
  ): Promise<HttpResponse> | null;
  /** Notes which media type Apollo Server has chosen for an Accept header. */
  learn(accept: string | undefined, mediaType: string): void;
}

const maxLearned = 200;

export function createFastPath(options: {
  engine: Engine<GatewayContext>;
  documents: Documents;
  admission: Admission;
  formatError: FormatError;
  watch: WatchOperation;
}): FastPath {
  const { engine, documents, admission, formatError, watch } = options;
  const mediaTypes = new Map<string | undefined, string>();

  async function run(
    loaded: LoadedSupergraph,
    known: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    mediaType: string,
    context: GatewayContext,
    watched: OperationWatch,
  ): Promise<HttpResponse> {
    const { document, operation, fragments } = known;
    const answer = (
      text: string,
      status: number,
      errors?: readonly GraphQLFormattedError[],
      headers: Record<string, string> = {},
    ): HttpResponse => {
      watched.answered(errors);
      return {
        status: statusOf(status, mediaType),
        headers: { ...headers, 'content-type': mediaType },
        text,
      };
    };
    const finish = (result: Awaited<ReturnType<typeof engine.runner.run>>): HttpResponse => {
      if (!result.errors) return answer(stringifyResult(result), 200);
      const errors = result.errors.map((error) => formatThrown(formatError, error));
      if (result.data === undefined) return answer(stringifyResult({ errors }), 400, errors);
      return answer(stringifyResult({ errors, data: result.data }), 200, errors);
    };
    watched.resolved(operation.operation, operation.name?.value ?? null);
    try {
      const asked = { operation, fragments, variables };
      admitOperation(engine, loaded, asked, context, admission);
      const faults = faultsOfVariables(loaded, operation, variables);
      if (faults) return finish({ errors: faults });
      const refused = engine.findRefused ? engine.findRefused(loaded, asked, context) : null;
      const prepared = engine.runner.prepare(loaded, document, operation, context, refused);
      const compiled = prepared instanceof Promise ? await prepared : prepared;
      return finish(await engine.runner.run(loaded, compiled, variables, context));
    } catch (error) {
      const http = error instanceof GraphQLError ? (error.extensions.http as HttpExtension) : undefined;
      const errors = [formatThrown(formatError, error)];
      return answer(
        JSON.stringify({ errors }),
        http?.status ?? 500,
        errors,
        http?.headers && Object.fromEntries(http.headers),
      );
    }
  }

  return {
    execute(accept, params, context) {
      const mediaType = mediaTypes.get(accept);
      if (mediaType === undefined) return null;
      const loaded = engine.loaded();
      const { operationName, variables = {} } = params;
      const found = findText(admission, params);
      const known = found?.query && documents.find(found.query, loaded.schema)?.operation(operationName);
      if (!known || known.operation.operation === 'subscription') return null;
      found.remember();
      return run(loaded, known, variables, mediaType, context, watch(context));
    },
    learn(accept, mediaType) {
      if (mediaTypes.size >= maxLearned && !mediaTypes.has(accept)) mediaTypes.clear();
      mediaTypes.set(accept, mediaType);
    },
  };
}

type HttpExtension = { status?: number; headers?: Iterable<readonly [string, string]> } | undefined;

function findText({ persisted }: Admission, params: OperationParams): FoundOperation | null {
  try {
    checkNesting(params.variables);
    return persisted.find(params);
  } catch (error) {
    // Apollo Server's pipeline refuses it as well, and knows how.
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
