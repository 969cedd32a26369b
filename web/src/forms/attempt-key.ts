import { stateOf } from './call-arguments.ts';

/**
 * Gives the idempotency key of what a form says: the one that it came with; another where that was tried with other words, whose answer may have
 * been lost: what is written otherwise is another thing. `before` is the state that the page had, which names its words as the form does.
 */
export function attemptKey(
  before: unknown,
  key: string,
  words: Record<string, string>,
  another: () => string,
): string {
  const isTried = stateOf(before, 'key') === key && typeof stateOf(before, 'fault') === 'string';
  const isOther = Object.entries(words).some(([name, said]) => stateOf(before, name) !== said);
  return isTried && isOther ? another() : key;
}
