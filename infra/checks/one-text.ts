import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productFiles } from './product-files.ts';

/*
 * Text is bounded, normalised, counted and read in one place: what one service takes for the same, for empty or for a
 * mention, all of them do. Whatever does it by hand elsewhere does it without the bounds.
 */
const home = 'platform/src/text/';
// It reads no text of people's, and serves graphs that have other rules.
const engine = 'gateway/engine/';

const byHand: [RegExp, string][] = [
  [
    /\.normalize\((?:\)|'NF|"NF|`NF)/,
    'normalises text: nfc and nfkc of platform/text/normalise bound it first',
  ],
  [/\bIntl\.Segmenter\b/, 'counts characters: graphemes of platform/text/graphemes does'],
  [/\bisWellFormed\(\)/, 'asks for well-formed text: isStorable of platform/text/storable does'],
  [/\\p\{(?:RGI_)?Emoji/, 'looks for emoji: platform/text/emoji does'],
  [/[#@]\S*\\p\{L\}/, 'looks for tags or names: tokensOf of platform/text/tokens does'],
];

/** One sentence for each line of the product that does by hand what platform/src/text is for. */
export function textFaults(file: string, source: string): string[] {
  if (file.startsWith(home) || file.startsWith(engine)) return [];
  return source
    .split('\n')
    .flatMap((line, index) =>
      byHand.flatMap(([pattern, what]) => (pattern.test(line) ? `${file}:${index + 1} ${what}` : [])),
    );
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const files = productFiles(root);
  const faults = files.flatMap((file) => textFaults(file, readFileSync(join(root, file), 'utf8')));
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
