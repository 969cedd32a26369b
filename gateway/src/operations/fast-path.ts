import {
  type Engine,
  type PreparedOperation,
  type PrintedResult,
  stringifyResult,
} from '@socialhub/federation-engine';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import { type FormatError, formatThrown } from '../errors/format-error.ts';
import type { OperationWatch, WatchOperation } from '../telemetry/telemetry.ts';
import { admitOperation } from './admit.ts';
import type { HttpRequest, HttpResponse, MediaType } from './http-operation.ts';
import type { Prepared } from './prepare.ts';
import { statusOf } from './status.ts';

/**
 * The part of the road that operations take which are known to be valid, past Apollo Server: between preparing and
 * running there is admission alone, as there. The responses are Apollo Server's, to the byte.
 */
export interface FastPath {
  /** Null: it has to pass Apollo Server. */
  execute(prepared: Prepared, request: HttpRequest, context: GatewayContext): Promise<HttpResponse> | null;
}

export function createFastPath(options: {
  engine: Engine<GatewayContext>;
  admission: Admission;
  formatError: FormatError;
  watch: WatchOperation;
}): FastPath {
  const { engine, admission, formatError, watch } = options;

  async function run(
    known: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    mediaType: MediaType,
    context: GatewayContext,
    watched: OperationWatch,
  ): Promise<HttpResponse> {
    const respond = (
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
    const finish = (result: PrintedResult): HttpResponse => {
      if (!result.errors) return respond(stringifyResult(result), 200);
      const errors = result.errors.map((error) => formatThrown(formatError, error));
      if (result.data === undefined) return respond(stringifyResult({ errors }), 400, errors);
      return respond(stringifyResult({ errors, data: result.data }), 200, errors);
    };
    const { operation } = known;
    watched.resolved(operation.operation, operation.name?.value ?? null);
    try {
      admitOperation(engine, admission, known, variables, context);
      return finish(await engine.execute(known, variables, context));
    } catch (error) {
      const http = error instanceof GraphQLError ? (error.extensions.http as HttpExtension) : undefined;
      const errors = [formatThrown(formatError, error)];
      return respond(
        JSON.stringify({ errors }),
        http?.status ?? 500,
        errors,
        http?.headers && Object.fromEntries(http.headers),
      );
    }
  }

  return {
    execute({ document }, { mediaType, params: { operationName, variables = {} } }, context) {
      const known = document?.operation(operationName);
      if (!known || known.operation.operation === 'subscription') return null;
      return run(known, variables, mediaType, context, watch(context));
    },
  };
}

type HttpExtension = { status?: number; headers?: Iterable<readonly [string, string]> } | undefined;
