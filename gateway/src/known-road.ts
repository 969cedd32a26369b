import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { admitOperation } from './checks.ts';
import type { GatewayContext } from './context.ts';
import {
  type CompiledOperation,
  type Engine,
  faultsOfVariables,
  type LoadedSupergraph,
  stringifyResult,
} from './engine/index.ts';
import { type FormatError, formatThrown } from './format-error.ts';
import type { HttpParams } from './http-params.ts';
import type { KnownOperation, KnownOperations } from './known-operations.ts';
import type { HttpAnswer } from './operations.ts';
import type { FoundOperation } from './persisted-operations.ts';
import type { Safety } from './safety.ts';
import type { OperationWatch, WatchOperation } from './seen.ts';
import { statusOf } from './status.ts';

/**
 * The short road for what Apollo Server has parsed, validated and let through before. It asks again all that hangs on
 * the request: the list of operations, authorisation, cost, variables. Its answers are Apollo Server's, to the byte.
 */
export interface KnownRoad {
  /** Null: it has to go the whole way. */
  execute(
    accept: string | undefined,
    params: HttpParams,
    context: GatewayContext,
  ): Promise<HttpAnswer> | null;
  /** Notes which media type Apollo Server has chosen for an Accept header. */
  learn(accept: string | undefined, mediaType: string): void;
}

const maxLearned = 200;

export function createKnownRoad(options: {
  engine: Engine<GatewayContext>;
  known: KnownOperations;
  safety: Safety;
  formatError: FormatError;
  watch: WatchOperation;
}): KnownRoad {
  const { engine, known: operations, safety, formatError, watch } = options;
  const mediaTypes = new Map<string | undefined, string>();

  function compiledFor(loaded: LoadedSupergraph, known: KnownOperation): CompiledOperation {
    if (known.compiled?.for !== loaded) {
      const as = engine.runner.prepare(loaded, known.document, known.operation, known.queryHash);
      known.compiled = { for: loaded, as };
    }
    return known.compiled.as;
  }

  async function run(
    known: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    mediaType: string,
    context: GatewayContext,
    watched: OperationWatch,
  ): Promise<HttpAnswer> {
    const { document, operation, fragments, queryHash } = known;
    const loaded = engine.loaded();
    let status: number | undefined;
    let headers: Record<string, string> = { 'content-type': mediaType };
    let errors: readonly GraphQLFormattedError[] | undefined;
    let text: string;
    watched.resolved(operation.operation, operation.name?.value ?? null);
    try {
      const asked = { operation, fragments, variables };
      admitOperation(engine, loaded, asked, context, safety);
      const refused = engine.findRefused ? engine.findRefused(loaded, asked, context) : null;
      const compiled = refused
        ? engine.runner.prepare(loaded, document, operation, queryHash, refused)
        : compiledFor(loaded, known);
      const result = await engine.runner.run(loaded, compiled, variables, context);
      if (result.errors) {
        errors = result.errors.map((error) => formatThrown(formatError, error));
        if (result.data === undefined) status = 400;
        text = stringifyResult({ errors, ...(result.data !== undefined && { data: result.data }) });
      } else {
        text = stringifyResult(result);
      }
    } catch (error) {
      const http = error instanceof GraphQLError ? (error.extensions.http as HttpExtension) : undefined;
      status = http?.status ?? 500;
      if (http?.headers) headers = { ...Object.fromEntries(http.headers), ...headers };
      errors = [formatThrown(formatError, error)];
      text = JSON.stringify({ errors });
    }
    watched.answered(errors);
    return { status: statusOf(status ?? 200, mediaType, true), headers, text };
  }

  return {
    execute(accept, params, context) {
      const mediaType = mediaTypes.get(accept);
      if (mediaType === undefined) return null;
      const loaded = engine.loaded();
      const { operationName, variables = {} } = params;
      const found = findText(safety, params);
      const known = found?.query && operations.find(found.query, operationName, loaded.schema);
      if (!known || faultsOfVariables(loaded, known.operation, variables)) return null;
      found.remember();
      return run(known, variables, mediaType, context, watch(context));
    },
    learn(accept, mediaType) {
      if (mediaTypes.size >= maxLearned && !mediaTypes.has(accept)) mediaTypes.clear();
      mediaTypes.set(accept, mediaType);
    },
  };
}

type HttpExtension = { status?: number; headers?: Iterable<readonly [string, string]> } | undefined;

function findText({ persisted }: Safety, params: HttpParams): FoundOperation | null {
  try {
    return persisted.find(params);
  } catch (error) {
    // The whole way refuses it as well, and knows how.
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
