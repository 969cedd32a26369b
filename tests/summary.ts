import { type Tool, wordsAbout } from './tools.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * How a run of all tests ends: what is missing here, what was skipped, by file, and on a last line of its own the count,
 * which programs read.
 */
export function summary(
  { passed, failed, skipped }: Counts,
  missing: readonly Tool[],
  skippedIn: ReadonlyMap<string, number>,
): string[] {
  const files = [...skippedIn].sort(([a], [b]) => a.localeCompare(b));
  return [
    ...(missing.length === 0 || skipped === 0
      ? []
      : [
          ...wordsAbout(missing),
          'Tests were skipped in:',
          ...files.map(([file, count]) => `  ${file} (${count})`),
          '',
        ]),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}
