import { type Gap, gapAt } from './gaps.ts';
import type { Outcome, Reported } from './gateways.ts';

/**
 * Says where ours differs from stock though it shouldn't; null when it doesn't. With `mayKnowMore` ours may have
 * values where stock has none: a subgraph with an interface object calls everything by the interface's name, and stock
 * forgets over that which type another subgraph has told it before.
 */
export function compare(stock: Outcome, ours: Outcome, mayKnowMore = false): string | null {
  // Stock merges like fragments before it looks at fields, so its keys don't always come in the specified order.
  const expected = JSON.stringify(sorted(withoutShells(stock.data, ours.data, ours.gaps)));
  const actual = JSON.stringify(sorted(ours.data));
  const show = () => JSON.stringify({ stock, ours }, null, 1);
  const knowsMore = mayKnowMore && expected !== actual && isWithin(stock.data, ours.data);
  if (expected !== actual && !knowsMore) return `data differs: ${show()}`;
  const fromFetches = ours.errors.filter((error) => !isCompletion(error) && !isAbsence(error));
  // Where only the interface of an object is known and its type is asked for, stock gives null and says nothing.
  const completion = ours.errors.filter(
    (error) => isCompletion(error) && !/^Cannot tell the type/.test(error.message),
  );
  // Where entities of one list are not all told to a subgraph, stock mistakes which of them an error is of. The path
  // that ours gives has to be one of the answer's then.
  const samePaths = keys(stock.errors) === keys(fromFetches);
  const sameErrors = keys(stock.errors, false) === keys(fromFetches, false);
  const known = new Set(stock.errors.map(({ path }) => path));
  const isPlace = ({ path }: Reported) => known.has(path) || leadsToNull(ours.data, path);
  if (!sameErrors || !(samePaths || fromFetches.every(isPlace))) {
    return `errors differ: ${JSON.stringify({ stock: stock.errors, ours: ours.errors }, null, 1)}`;
  }
  // By the specification a null for non-null is an error; stock tells of it in `extensions`, and only if nothing else
  // fails. Of several in one list that is given up the first is enough.
  if (stock.errors.length === 0 && !knowsMore) {
    const told = new Set(stock.completion.map(({ path }) => path));
    // A null that a subgraph's answer accounts for is an error to stock all the same, and what is given up for it has no others.
    const isAccounted = ({ message, path }: Reported) => isOfNull(message) && gapAt(ours.gaps, path);
    const givenUp = new Set(
      stock.completion.filter(isAccounted).map(({ path }) => nullAbove(ours.data, path)),
    );
    const owed = stock.completion.filter(
      (one) => !isAccounted(one) && !givenUp.has(nullAbove(ours.data, one.path)),
    );
    if (completion.length === 0 && owed.length > 0) return `a completion error is missing: ${show()}`;
    if (completion.some(({ path }) => !told.has(path))) return `a completion error is too much: ${show()}`;
  }
  // What one of a list lacks by a gap another may lack by a fault.
  const isOwnGap = ({ message, path }: Reported) => {
    const gap = isOfNull(message) ? gapAt(ours.gaps, path) : undefined;
    return gap !== undefined && (gap.isOfAll || withoutLists(path) === path);
  };
  if (completion.some(isOwnGap)) {
    return `an error stands where an answer accounts for the null: ${show()}`;
  }
  return compareAbsence(stock, ours) ? null : `what is not there is told otherwise: ${show()}`;
}

/**
 * Where a reference may be null and its only subgraph says that there is no such entity, ours is null; stock gives what is known
 * of the reference, with nulls beside it.
 */
function withoutShells(stock: unknown, ours: unknown, gaps: readonly Gap[], place = ''): unknown {
  if (typeof stock !== 'object' || stock === null) return stock;
  if (ours === null) {
    const isShell = gaps.some((gap) => gap.cause === 'absent' && gap.place === place);
    return isShell && Object.values(stock).includes(null) ? null : stock;
  }
  if (typeof ours !== 'object') return stock;
  if (Array.isArray(stock)) {
    return stock.map((item, index) => withoutShells(item, (ours as unknown[])[index], gaps, place));
  }
  return Object.fromEntries(
    Object.entries(stock).map(([key, value]) => [
      key,
      withoutShells(value, (ours as Record<string, unknown>)[key], gaps, place ? `${place}.${key}` : key),
    ]),
  );
}

const isOfNull = (message: string) => message.startsWith('Cannot return null');

/** An answer that is null as a whole for want of an entity says so, once, and no other says it. */
function compareAbsence(stock: Outcome, ours: Outcome): boolean {
  const [told, ...others] = ours.errors.filter(isAbsence);
  if (others.length > 0) return false;
  if (told) {
    const isAbsent = ours.gaps.some(
      ({ cause, place }) => cause === 'absent' && place === withoutLists(told.path),
    );
    return ours.data === null && isAbsent;
  }
  return stock.data !== null || ours.errors.length > 0;
}

const withoutLists = (path: string) =>
  path
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .join('.');

const isAbsence = (error: Reported) => error.code === 'NOT_FOUND';

const isCompletion = (error: Reported) =>
  error.code === 'INTERNAL_SERVER_ERROR' || error.code === 'INVALID_GRAPHQL';

/** Of a fetch that failed as a whole stock tells the subgraph's own root field, which no client has asked for. */
const placeOf = (path: string) => path.replace(/(^|\.)_entities$/, '');

const keys = (errors: readonly Reported[], withPaths = true) =>
  errors
    .map(({ message, path, code }) => `${withPaths ? placeOf(path) : ''} ${message} ${code}`)
    .sort()
    .join('\n');

/** The path as far as the null that it leads to; whole where it leads to none. */
function nullAbove(data: unknown, path: string): string {
  let value = data;
  const steps = path.split('.');
  for (const [depth, step] of steps.entries()) {
    if (value === null || value === undefined) return steps.slice(0, depth).join('.');
    value = (value as Record<string, unknown>)[step];
  }
  return path;
}

function leadsToNull(data: unknown, path: string): boolean {
  let value = data;
  const steps = path.split('.');
  for (const [depth, step] of steps.entries()) {
    if (value === null || value === undefined) return true;
    if (typeof value !== 'object') return false;
    // What was fetched for its neighbours alone has no place in the answer.
    if (!(step in value)) return depth === steps.length - 1;
    value = (value as Record<string, unknown>)[step];
  }
  return value === null || Array.isArray(value);
}

/** Whether all that is in one is in the other, nulls left aside. */
function isWithin(one: unknown, other: unknown): boolean {
  if (one === null || one === undefined) return true;
  if (typeof one !== 'object') return one === other;
  if (typeof other !== 'object' || other === null) return false;
  if (Array.isArray(one) && (!Array.isArray(other) || one.length !== other.length)) return false;
  return Object.entries(one).every(([key, value]) =>
    isWithin(value, (other as Record<string, unknown>)[key]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
