import {
  type Engine,
  type LiveStream,
  type PreparedOperation,
  stringifyResult,
} from '@socialhub/federation-engine';
import type { ExecutionResult } from 'graphql';
import type { Admission } from '../admission/admission.ts';
import type { GatewayContext } from '../context.ts';
import { type FormatError, formatAll } from '../errors/format-error.ts';
import { admitOperation } from './admit.ts';

/** Starts a prepared subscription. Throws a GraphQLError with which it is refused. */
export type Subscribe = (
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  context: GatewayContext,
) => Promise<LiveStream>;

/** Subscriptions are admitted as every operation is. Apollo Server does not run them. */
export function createSubscribe(
  engine: Engine<GatewayContext>,
  admission: Admission,
  formatError: FormatError,
): Subscribe {
  const serialise = ({ errors, ...result }: ExecutionResult) =>
    stringifyResult(errors ? { ...result, errors: formatAll(errors, formatError) } : result);
  return async (operation, variables, context) => {
    admitOperation(engine, admission, operation, variables, context);
    return engine.subscribe(operation, variables, context, serialise);
  };
}
