import { type FieldNode, GraphQLError } from 'graphql';
import type { ConditionValues } from '../documents/conditions.ts';
import type { CompiledOperation } from './compile.ts';
import type { CompletionFault } from './completion-fault.ts';
import { type Introspected, introspect } from './introspection.ts';
import { PrintedData } from './printed.ts';
import { type Fetched, type RunOptions, runPlan } from './run.ts';
import type { ObjectShape } from './shape.ts';
import { refusalFault, type WrittenData, writeData } from './write.ts';

/** An answer whose data is text; null where a null has come up to the root. */
export interface PrintedResult {
  data?: PrintedData | null;
  errors?: readonly GraphQLError[];
}

/** More say nothing more: each null in the data is one, and a list has thousands. */
const maxErrors = 100;

export type ExecuteOptions = Omit<RunOptions, 'conditions'>;

/** Runs a compiled operation whose variables have been checked. Never throws for what a subgraph does. */
export async function execute(compiled: CompiledOperation, options: ExecuteOptions): Promise<PrintedResult> {
  let conditions: ConditionValues;
  try {
    conditions = compiled.conditions.read(options.variables);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
  const shape = compiled.shapeFor(conditions);
  const refused = compiled.isFiltered ? refusalsOf(shape) : null;
  if (refused) return { data: null, errors: refused };
  const fetched = await runPlan(compiled.plan, { ...options, conditions });
  const written = writeWithin(shape, fetched, (nodes, key) =>
    introspectOnce(compiled, options.variables, nodes, key),
  );
  if (written instanceof GraphQLError) return { data: null, errors: [written] };
  const { text, faults } = written;
  const data = text === 'null' ? null : new PrintedData(text);
  const last = faults.at(-1);
  const errors = [
    ...(data === null && last?.cause === 'absent' ? [absent(last)] : []),
    ...fetched.errors.map(asGraphQL),
    ...unexplained(faults, fetched),
  ].slice(0, maxErrors);
  return errors.length > 0 ? { data, errors } : { data };
}

function writeWithin(
  shape: ObjectShape,
  { data, shared, isPlain, missing }: Fetched,
  introspect: (nodes: readonly FieldNode[], key: string) => Introspected,
): WrittenData | GraphQLError {
  try {
    return writeData(shape, data, { shared, isPlain, missing, introspect });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function introspectOnce(
  compiled: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
  nodes: readonly FieldNode[],
  key: string,
): Introspected {
  const { schema, document, operation } = compiled;
  if (operation.variableDefinitions?.length) {
    return introspect(schema, document, operation, variables, nodes, key);
  }
  let known = compiled.introspection.get(key);
  if (known === undefined) {
    known = introspect(schema, document, operation, variables, nodes, key);
    compiled.introspection.set(key, known);
  }
  return known;
}

const asGraphQL = (error: Error): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });

/**
 * Faults that nothing accounts for: neither a fetch that brought nothing for the object, nor an error of a fetch at the
 * same place, above or below it, or below the null that its subgraph gave.
 */
function unexplained(faults: readonly CompletionFault[], { errors, nulled }: Fetched): GraphQLError[] {
  if (faults.length === 0) return [];
  const paths = errors.map((error) => (error instanceof GraphQLError && error.path) || []);
  const known = [...paths, ...nulled];
  return faults
    .filter(({ code, cause, path }) => {
      if (code !== undefined) return true;
      return cause === undefined && !known.some((one) => isSameWay(one, path));
    })
    .map(faultError);
}

/** A reference to what is not there is null; an answer that is null for it as a whole has to say so. */
const absent = ({ path }: CompletionFault) =>
  new GraphQLError('Not found', { path: path.slice(0, -1), extensions: { code: 'NOT_FOUND' } });

const faultError = ({ message, path, code = 'INTERNAL_SERVER_ERROR' }: CompletionFault) =>
  new GraphQLError(message, { path, extensions: { code } });

/** Nothing has to be run where a field at the top is refused that may not be null. */
function refusalsOf({ fields }: ObjectShape): GraphQLError[] | null {
  if (!fields.some(({ refusal }) => refusal?.nonNull)) return null;
  return fields.flatMap((field) => (field.refusal ? [faultError(refusalFault(field, field.refusal))] : []));
}

function isSameWay(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return false;
  return true;
}
