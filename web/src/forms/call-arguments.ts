/**
 * What actions are called with. The pages send what is meant; anybody else may send anything, so that an action takes
 * `unknown` and reads it with these.
 */

/** The form that was sent. What is none has no fields. */
export const formOf = (data: unknown): FormData => (data instanceof FormData ? data : new FormData());

/** A text; of anything else none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A field of the state that the page had before, which it sends back with the form. */
export function stateOf(before: unknown, field: string): unknown {
  const isState = typeof before === 'object' && before !== null && Object.hasOwn(before, field);
  return isState ? (before as Record<string, unknown>)[field] : undefined;
}

/** As stateOf, for a count. */
export const countOf = (before: unknown, field: string): number => {
  const count = stateOf(before, field);
  return Number.isSafeInteger(count) ? Number(count) : 0;
};
