/*
 * Usernames are a-z, 0-9 and _: letters of other alphabets never come in, so what is left to mistake is within ASCII.
 */

/** Shapes that one takes for another at a glance: 0 and o, 1 and l and i, rn and m, vv and w; and _, which is no letter. */
export const skeletonOf = (username: string): string =>
  username
    .replaceAll('_', '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('0', 'o')
    .replace(/[1i]/g, 'l');

const digits: Record<string, string> = { 0: 'o', 3: 'e', 4: 'a', 5: 's', 7: 't' };

/**
 * The words that somebody may have written with digits for letters: `4dm1n` is admin, `he1p` help. An i is no l here:
 * Ali is not all.
 */
export function wordsIn(username: string): string[] {
  const word = username
    .replaceAll('_', '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[03457]/g, (digit) => digits[digit] ?? digit);
  return [word.replaceAll('1', 'i'), word.replaceAll('1', 'l')];
}
