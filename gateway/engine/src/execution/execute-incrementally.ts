import { GraphQLError } from 'graphql';
import type { CompiledOperation } from './compile.ts';
import type { CompletionFault } from './completion-fault.ts';
import { holds, type ToldPlace, tellErrors } from './error-places.ts';
import {
  absent,
  asGraphQL,
  type Begun,
  begin,
  type ExecuteOptions,
  faultError,
  introspecting,
  maxErrors,
  type PrintedResult,
  unexplained,
  writeWithin,
} from './execute.ts';
import type { ResponsePath } from './path.ts';
import { PrintedData } from './printed.ts';
import { type Fetched, runFurther } from './run-plan.ts';
import type { Place } from './writing.ts';

/** A deferred fragment of one object. */
export interface IncrementalResult extends PrintedResult {
  data: PrintedData | null;
  path: ResponsePath;
  label?: string;
}

/** What is not deferred, then the deferred fragments, each of all objects that have it. */
export type ResultPart =
  | { result: PrintedResult; hasNext: boolean }
  | { incremental: readonly IncrementalResult[]; hasNext: boolean };

/** What a deferred part goes on from. */
interface Before {
  fetched: Fetched;
  /** Of fetches, in this part and in those before it: they account for nulls. */
  errors: readonly Error[];
  nulled: readonly ResponsePath[];
  /** Those of them that are at places of parts to come. */
  untold: readonly GraphQLError[];
}

/** A place where a part is written, with what has come of it. */
interface Entry extends ToldPlace {
  data: PrintedData | null;
}

type Fault = CompletionFault & { entry: Entry };

/**
 * Runs an operation of which fragments are deferred. Each is begun when the part around it has been delivered, and delivered
 * when it is there. A part without an object to be of is left out. Ends early when nobody waits for the rest.
 */
export async function executeIncrementally(
  compiled: CompiledOperation,
  options: ExecuteOptions,
  deliver: (part: ResultPart) => void,
  isOver: () => boolean,
): Promise<{ chars: number }> {
  const begun = await begin(compiled, options, isOfFirst);
  if (!('result' in begun)) {
    deliver({ result: begun, hasNext: false });
    return { chars: 0 };
  }
  const { result, fetched, places } = begun;
  const parts = new DeferredParts(compiled, options, begun, deliver, isOver);
  const first = groupByFragment(places);
  parts.pending = first.size;
  deliver({ result, hasNext: parts.pending > 0 });
  const errors = fetched.errors.map(asGraphQL);
  const untold = errors.filter((error) => !isOfFirst(error, begun.shape, fetched, places));
  await parts.runAll(first, { fetched, errors, nulled: fetched.nulled, untold });
  return { chars: parts.chars + (result.data?.text.length ?? 0) };
}

/** An error at a place that only a later part has is told with that part. */
function isOfFirst(
  { path }: GraphQLError,
  shape: Begun['shape'],
  { data }: Fetched,
  places: readonly Place[],
): boolean {
  if (!path || places.length === 0) return true;
  return holds(shape, data, path, 0, false) || !holds(shape, data, path, 0, true);
}

class DeferredParts {
  readonly #compiled: CompiledOperation;
  readonly #options: ExecuteOptions;
  readonly #conditions: Begun['conditions'];
  readonly #deliver: (part: ResultPart) => void;
  readonly #isOver: () => boolean;
  /** Characters that all parts together may still have. */
  #room: number;
  /** Parts that will be delivered. */
  pending = 0;
  chars = 0;

  constructor(
    compiled: CompiledOperation,
    options: ExecuteOptions,
    { conditions, room }: Begun,
    deliver: (part: ResultPart) => void,
    isOver: () => boolean,
  ) {
    this.#compiled = compiled;
    this.#options = options;
    this.#conditions = conditions;
    this.#room = room;
    this.#deliver = deliver;
    this.#isOver = isOver;
  }

  async runAll(parts: ReadonlyMap<number, readonly Place[]>, before: Before): Promise<void> {
    await Promise.all([...parts].map(([index, places]) => this.#run(index, places, before)));
  }

  async #run(index: number, places: readonly Place[], before: Before): Promise<void> {
    if (this.#isOver()) return;
    const part = this.#compiled.deferred[index];
    if (!part) throw new Error(`the operation has no deferred fragment ${index}`);
    const fetched = await runFurther(part.plan, before.fetched, {
      ...this.#options,
      conditions: this.#conditions,
    });
    if (this.#isOver()) return;
    const { entries, faults, further } = this.#write(places, fetched, part.label);
    const errors = fetched.errors.map(asGraphQL);
    const after: Before = {
      fetched,
      errors: [...before.errors, ...errors],
      nulled: [...before.nulled, ...fetched.nulled],
      untold: tellErrors(entries, errors, before.untold),
    };
    for (const { entry, ...fault } of unexplained(faults, after)) {
      entry.errors.push(faultError(fault));
    }
    const next = groupByFragment(further);
    this.pending += next.size - 1;
    this.#deliver({ incremental: resultsOf(entries, part.label), hasNext: this.pending > 0 });
    await this.runAll(next, after);
  }

  #write(places: readonly Place[], fetched: Fetched, label = '') {
    const entries: Entry[] = [];
    const faults: Fault[] = [];
    const further: Place[] = [];
    for (const place of places) {
      const object = fetched.overlay?.current(place.object) ?? place.object;
      const entry: Entry = { ...place, object, data: null, errors: [] };
      entries.push(entry);
      const written = this.#writeOne(entry, fetched, label);
      if (written instanceof GraphQLError) {
        // What is too much in one place is so in all that follow.
        entry.errors.push(written);
        break;
      }
      if (written.text !== 'null') entry.data = new PrintedData(written.text);
      const last = written.faults.at(-1);
      for (const fault of written.faults) {
        faults.push({ ...fault, path: [...place.path, ...fault.path], entry });
      }
      if (entry.data === null && last?.cause === 'absent') {
        entry.errors.push(absent({ ...last, path: [...place.path, ...last.path] }));
      }
      for (const inner of written.places) further.push({ ...inner, path: [...place.path, ...inner.path] });
    }
    return { entries, faults, further };
  }

  #writeOne({ shape, object, path }: Place, fetched: Fetched, label: string) {
    const around = JSON.stringify(path).length + label.length;
    const introspect = introspecting(this.#compiled, this.#options);
    const written = writeWithin(shape, object, fetched, introspect, this.#room - around);
    const room = written instanceof GraphQLError ? 0 : written.room;
    this.chars += Math.max(0, this.#room - room);
    this.#room = room;
    return written;
  }
}

function resultsOf(entries: readonly Entry[], label: string | undefined): IncrementalResult[] {
  let left = maxErrors;
  return entries.map(({ data, path, errors }) => {
    const told = errors.slice(0, left);
    left -= told.length;
    return {
      data,
      path,
      ...(label !== undefined && { label }),
      ...(told.length > 0 && { errors: told }),
    };
  });
}

function groupByFragment(places: readonly Place[]): Map<number, Place[]> {
  const groups = new Map<number, Place[]>();
  for (const place of places) {
    const known = groups.get(place.index);
    if (known) known.push(place);
    else groups.set(place.index, [place]);
  }
  return groups;
}
