import {
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { badUserInput, CodedError } from '../errors.ts';
import { createFairQueue, type FairQueueLimits } from '../limits/fair-queue.ts';
import type { Logger } from '../log.ts';
import { codesFault, maskErrors } from './mask-errors.ts';
import { isLongerThan } from './result-length.ts';

/** An operation as the gateway sends it. */
export interface SubgraphOperation {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
}

/** Who waits for an operation, and until when. */
export interface Asker {
  viewerId: string | null;
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
}

/** What a subgraph does with an operation, whatever it came by. */
export interface SubgraphOperations {
  /** The document, parsed and valid, or what is wrong with it. */
  prepare(query: string): DocumentNode | readonly GraphQLError[];
  /** Runs it for a viewer, or for nobody; an answer without `data` says that it never began. */
  run(operation: SubgraphOperation, contextValue: unknown, by: Asker): Promise<FormattedExecutionResult>;
  /** Errors as they may leave. */
  format(errors: readonly GraphQLError[]): GraphQLFormattedError[];
}

const maxTokens = 20_000;
/** Of the texts that are kept parsed: a document weighs up to a hundred times its text. */
const maxKeptChars = 500_000;
/** Whoever reads these asks again before the next are needed. */
const maxErrors = 10;

/** Of an answer in which texts are repeated. The gateway reads 32 MB, and gives 10,000,000 characters on. */
const maxAnswerChars = 10_000_000;

/**
 * Mutations of one viewer. Those of theirs that want the same rows wait for each other, each with a connection to the
 * database: without a bound one person's would take all that there are.
 */
const mutationsOfViewers: FairQueueLimits = {
  name: 'mutations',
  atOnce: Number.POSITIVE_INFINITY,
  atOncePerOwner: 4,
  waiting: 512,
  waitingPerOwner: 32,
  waitMs: 5_000,
};

/**
 * Operations on a subgraph's schema. The gateway alone asks, and asks the same again and again: its plans' fetches. So a
 * text is parsed and validated once.
 */
export function createSubgraphOperations(schema: GraphQLSchema, log: Logger): SubgraphOperations {
  const documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({
    maxSize: maxKeptChars,
    sizeCalculation: (_document, query) => Math.max(1, query.length),
  });
  const mask = maskErrors(log);
  const mutations = createFairQueue(mutationsOfViewers);

  const prepare = (query: string) => {
    let document = documents.get(query);
    if (!document) {
      document = parseAndValidate(schema, query);
      documents.set(query, document);
    }
    return document;
  };

  const format = (errors: readonly GraphQLError[]) =>
    errors.map((error) =>
      mask({ ...error.toJSON(), extensions: requestFault(error) ?? error.extensions }, error),
    );

  return {
    prepare,
    format,
    async run({ query, variables, operationName }, contextValue, { viewerId, signal }) {
      const document = prepare(query);
      if (isErrors(document)) return { errors: format(document) };
      const work = async (): Promise<ExecutionResult> =>
        execute({
          schema,
          document,
          contextValue,
          variableValues: variables ?? null,
          operationName: operationName ?? null,
          options: { maxCoercionErrors: maxErrors },
        });
      try {
        const result =
          viewerId !== null && hasMutation(document)
            ? await mutations.run(viewerId, work, signal)
            : await work();
        if (repeats(document) && isLongerThan(maxAnswerChars, result.data)) throw tooLong();
        return result.errors ? { ...result, errors: format(result.errors) } : result;
      } catch (error) {
        if (error instanceof CodedError) return { data: null, errors: format([error]) };
        throw error;
      }
    },
  };
}

const tooLong = () =>
  new CodedError(
    'BAD_USER_INPUT',
    `The answer is too large: at most ${maxAnswerChars} characters are allowed`,
  );

const aliased = new WeakMap<DocumentNode, boolean>();

/** Whether a field has another name: without one, each text is written once for each object that has been paid for. */
function repeats(document: DocumentNode): boolean {
  let found = aliased.get(document);
  if (found === undefined) {
    found = false;
    visit(document, {
      Field({ alias }) {
        if (!alias) return undefined;
        found = true;
        return BREAK;
      },
    });
    aliased.set(document, found);
  }
  return found;
}

const hasMutation = ({ definitions }: DocumentNode): boolean =>
  definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation');

/** The parameters of a request by POST (GraphQL over HTTP, "Request Parameters"). Throws BAD_USER_INPUT. */
export function readOperation(body: Buffer | string): SubgraphOperation {
  let given: unknown;
  try {
    given = JSON.parse(body.toString());
  } catch {
    throw new CodedError('BAD_USER_INPUT', 'The body is not JSON');
  }
  const { query, variables, operationName } = (given ?? {}) as Record<string, unknown>;
  if (typeof query !== 'string') throw badUserInput('query', 'must be a text');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw badUserInput('variables', 'must be an object');
  if (operationName != null && typeof operationName !== 'string')
    throw badUserInput('operationName', 'must be a text');
  return { query, variables, operationName } as SubgraphOperation;
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    // Nobody reads places in what the gateway has written, and they are most of a document's weight.
    const document = parse(query, { maxTokens, noLocation: true });
    const errors = validate(schema, document, undefined, { maxErrors });
    return errors.length > 0 ? errors.map(asRequestFault) : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [asRequestFault(error)];
    throw error;
  }
}

const asRequestFault = (error: GraphQLError) =>
  new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });

/** What GraphQL says before it runs anything: variables that do not fit, an operation that is not there. */
const requestFault = (error: GraphQLError) =>
  error.path || codesFault(error)
    ? null
    : { ...error.extensions, code: error.extensions.code ?? 'BAD_REQUEST' };

/** Whether preparing ended with errors. */
export const isErrors = (
  prepared: DocumentNode | readonly GraphQLError[],
): prepared is readonly GraphQLError[] => Array.isArray(prepared);
