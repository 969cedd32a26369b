import { type FieldNode, GraphQLError } from 'graphql';
import type { ConditionValues } from '../documents/conditions.ts';
import type { CompiledOperation } from './compile.ts';
import type { CompletionFault } from './completion-fault.ts';
import type { DataObject } from './data.ts';
import { type Introspected, introspect } from './introspection.ts';
import type { ResponsePath } from './path.ts';
import { PathTree } from './path-tree.ts';
import { PrintedData } from './printed.ts';
import { refusalFault } from './refusal.ts';
import { type Fetched, type RunOptions, runPlan } from './run-plan.ts';
import type { ObjectShape } from './shape.ts';
import { type WrittenData, writeData } from './write.ts';
import type { Place } from './writing.ts';

/** An answer whose data is text; null where a null has come up to the root. */
export interface PrintedResult {
  data?: PrintedData | null;
  errors?: readonly GraphQLError[];
}

/** More say nothing more: each null in the data is one, and a list has thousands. */
export const maxErrors = 100;

export type ExecuteOptions = Omit<RunOptions, 'conditions'>;

/** What was done for the first part of an answer, or all of it: what later parts go on from. */
export interface Begun {
  result: PrintedResult;
  conditions: ConditionValues;
  fetched: Fetched;
  shape: ObjectShape;
  places: readonly Place[];
  room: number;
}

/** Runs a compiled operation whose variables have been checked. Never throws for what a subgraph does. */
export async function execute(compiled: CompiledOperation, options: ExecuteOptions): Promise<PrintedResult> {
  const begun = await begin(compiled, options);
  return 'result' in begun ? begun.result : begun;
}

/** The same of what is not deferred. Where there is no data, nothing goes on from that. */
export async function begin(
  compiled: CompiledOperation,
  options: ExecuteOptions,
  tells: TellsError = tellsAll,
): Promise<Begun | PrintedResult> {
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
  const written = writeWithin(shape, fetched.data, fetched, introspecting(compiled, options));
  if (written instanceof GraphQLError) return { data: null, errors: [written] };
  const { text, faults, places, room } = written;
  const data = text === 'null' ? null : new PrintedData(text);
  const last = faults.at(-1);
  const told = fetched.errors.map(asGraphQL);
  const errors = [
    ...(data === null && last?.cause === 'absent' ? [absent(last)] : []),
    ...told.filter((error) => tells(error, shape, fetched, places)),
    ...unexplained(faults, fetched).map(faultError),
  ].slice(0, maxErrors);
  const result = errors.length > 0 ? { data, errors } : { data };
  return { result, conditions, fetched, shape, places, room };
}

/** Whether an error of a fetch is told with the first part. */
export type TellsError = (
  error: GraphQLError,
  shape: ObjectShape,
  fetched: Fetched,
  places: readonly Place[],
) => boolean;

const tellsAll: TellsError = () => true;

/** Writes data, or gives why there is too much of it. */
export function writeWithin(
  shape: ObjectShape,
  object: DataObject,
  { shared, isPlain, missing }: Fetched,
  introspect: (nodes: readonly FieldNode[], key: string) => Introspected,
  room?: number,
): WrittenData | GraphQLError {
  try {
    return writeData(shape, object, { shared, isPlain, missing, introspect }, room);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

export const introspecting =
  (compiled: CompiledOperation, { variables }: ExecuteOptions) =>
  (nodes: readonly FieldNode[], key: string): Introspected =>
    introspectOnce(compiled, variables, nodes, key);

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
  const [first] = nodes as [FieldNode, ...FieldNode[]];
  let known = compiled.introspection.get(first);
  if (known === undefined) {
    known = introspect(schema, document, operation, variables, nodes, key);
    compiled.introspection.set(first, known);
  }
  return known;
}

export const asGraphQL = (error: Error): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });

/**
 * Faults that nothing accounts for: neither a fetch that brought nothing for the object, nor an error of a fetch at the
 * same place, above or below it, or below the null that its subgraph gave.
 */
export function unexplained<Fault extends CompletionFault>(
  faults: readonly Fault[],
  { errors, nulled }: { errors: readonly Error[]; nulled: readonly ResponsePath[] },
): Fault[] {
  if (faults.length === 0) return [];
  const paths = errors.map((error): ResponsePath => (error instanceof GraphQLError && error.path) || []);
  const known = new PathTree([...paths, ...nulled], (path) => path);
  return faults.filter(({ code, cause, path }) => {
    if (code !== undefined) return true;
    return cause === undefined && known.nearest(path) === undefined;
  });
}

/** A reference to what is not there is null; an answer that is null for it as a whole has to say so. */
export const absent = ({ path }: CompletionFault) =>
  new GraphQLError('Not found', { path: path.slice(0, -1), extensions: { code: 'NOT_FOUND' } });

export const faultError = ({ message, path, code = 'INTERNAL_SERVER_ERROR' }: CompletionFault) =>
  new GraphQLError(message, { path, extensions: { code } });

/** Nothing has to be run where a field at the top is refused that may not be null. */
function refusalsOf({ fields }: ObjectShape): GraphQLError[] | null {
  if (!fields.some(({ refusal }) => refusal?.nonNull)) return null;
  return fields.flatMap((field) => (field.refusal ? [faultError(refusalFault(field, field.refusal))] : []));
}
