import {
  type Engine,
  type PreparedOperation,
  type ResultPart,
  stringifyResult,
} from '@socialhub/federation-engine';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import { type FormatError, formatThrown } from '../errors/format-error.ts';
import type { WatchOperation } from '../telemetry/telemetry.ts';
import { admitOperation } from './admit.ts';
import type { HttpRequest, HttpResponse, TakePart } from './http-operation.ts';
import type { Prepared } from './prepare.ts';
import { statusOf } from './status.ts';

/** The part of the road of operations with `@defer`, for clients that take responses in parts; Apollo Server has none for a gateway. */
export interface IncrementalDelivery {
  /** Null for what is answered as a whole. */
  find(prepared: Prepared, request: HttpRequest): PreparedOperation | null;
  /** Gives parts to `take`; null when they have been. Gives the response to an operation that is refused instead. */
  execute(
    operation: PreparedOperation,
    request: HttpRequest,
    context: GatewayContext,
    take: TakePart,
  ): Promise<HttpResponse | null>;
}

export function createIncrementalDelivery(options: {
  engine: Engine<GatewayContext>;
  admission: Admission;
  formatError: FormatError;
  watch: WatchOperation;
}): IncrementalDelivery {
  const { engine, admission, formatError, watch } = options;
  const format = (errors: readonly GraphQLError[]) => errors.map((error) => formatThrown(formatError, error));

  return {
    find({ document }, { method, params: { operationName, variables = {} } }) {
      const known = document?.faults ? null : document?.operation(operationName);
      if (!known || (method === 'GET' && known.operation.operation !== 'query')) return null;
      return engine.defers(known, variables) ? known : null;
    },
    async execute(known, { mediaType, params: { variables = {} } }, context, take) {
      const watched = watch(context);
      const told: GraphQLFormattedError[] = [];
      let refused: HttpResponse | null = null;
      const refuse = (errors: readonly GraphQLFormattedError[], status: number, more = {}) => {
        told.push(...errors);
        refused = {
          status: statusOf(status, mediaType),
          headers: { ...more, 'content-type': mediaType },
          text: JSON.stringify({ errors }),
        };
      };
      let hasBegun = false;
      const deliver = (part: ResultPart) => {
        if ('result' in part && part.result.data === undefined) {
          refuse(format(part.result.errors ?? []), 400);
          return;
        }
        hasBegun = true;
        take(textOf(part, format, told), !part.hasNext);
      };
      watched.resolved(known.operation.operation, known.operation.name?.value ?? null);
      try {
        admitOperation(engine, admission, known, variables, context);
        await engine.executeIncrementally(known, variables, context, deliver);
      } catch (error) {
        // What has begun is broken off; whoever sent it hears no word about why.
        if (hasBegun) throw error;
        const http = error instanceof GraphQLError ? (error.extensions.http as HttpExtension) : undefined;
        refuse(
          [formatThrown(formatError, error)],
          http?.status ?? 500,
          Object.fromEntries(http?.headers ?? []),
        );
      }
      watched.answered(told);
      return refused;
    },
  };
}

type HttpExtension = { status?: number; headers?: Iterable<readonly [string, string]> } | undefined;

function textOf(
  part: ResultPart,
  format: (errors: readonly GraphQLError[]) => GraphQLFormattedError[],
  told: GraphQLFormattedError[],
): string {
  const { hasNext } = part;
  const formatted = <Result extends { errors?: readonly GraphQLError[] }>(result: Result): object => {
    if (!result.errors) return result;
    const errors = format(result.errors);
    told.push(...errors);
    return { ...result, errors };
  };
  if ('result' in part) return stringifyResult({ ...formatted(part.result), hasNext });
  const results = part.incremental.map((result) => stringifyResult(formatted(result)));
  return `{"incremental":[${results.join(',')}],"hasNext":${hasNext}}`;
}
