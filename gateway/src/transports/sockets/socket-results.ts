import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  GraphQLSchema,
  parse,
} from 'graphql';
import { errorsOfEnd, type FormatError, formatAll } from '../../errors/format-error.ts';
import type { SocketOutcome } from '../../operations/operations.ts';
import type { SocketConnection } from './socket-connection.ts';
import { SocketSubscription } from './socket-subscription.ts';

export const tooManyOperations = (limit: number): SocketOutcome => ({
  kind: 'refused',
  errors: [
    {
      message: `Too many operations at once on this socket: at most ${limit} are allowed`,
      extensions: { code: 'RATE_LIMITED', retryAfter: 1, limit },
    },
  ],
});

/** An error that has its public form already. */
export class FormattedError extends GraphQLError {
  readonly formatted: GraphQLFormattedError;

  constructor(formatted: GraphQLFormattedError) {
    super(formatted.message);
    this.formatted = formatted;
  }
}

/** For an operation whose client does not wait for it any more: it is told nobody. */
export const completedBefore = new FormattedError({ message: 'The operation was completed before it began' });

/** The library asks the document one thing only: whether it is a subscription. The outcome is there already. */
const documents = { answered: parse('{ __typename }'), started: parse('subscription { __typename }') };
const noSchema = new GraphQLSchema({});

type OperationResult = ExecutionResult | AsyncIterable<ExecutionResult>;

/** An outcome as the protocol library takes it. */
export function argumentsFor(
  outcome: Exclude<SocketOutcome, { kind: 'refused' }>,
  connection: SocketConnection,
  id: string,
): ExecutionArgs {
  const answer: OperationResult =
    outcome.kind === 'started'
      ? new SocketSubscription(connection, id, outcome.stream)
      : // An answer's errors are formatted already; `formatResult` leaves those as they are.
        (outcome.result as ExecutionResult);
  return { schema: noSchema, document: documents[outcome.kind], contextValue: answer };
}

export const resultOf = ({ contextValue }: ExecutionArgs) => contextValue as OperationResult;

export function formatResult(result: ExecutionResult, format: FormatError) {
  return result.errors && { ...result, errors: formatAll(result.errors, format) };
}

/** How a subscription that could not start or go on is told; the library has wrapped what was thrown. */
export function formatEnd(error: GraphQLError, format: FormatError): readonly GraphQLFormattedError[] {
  if (error instanceof FormattedError) return [error.formatted];
  return errorsOfEnd(error.originalError ?? error, format);
}
