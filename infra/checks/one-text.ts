import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/*
 * Text is bounded, normalised, counted and read in one place: what one service takes for the same, for empty or for a
 * mention, all of them do. Whatever does it by hand elsewhere does it without the bounds.
 */
const home = 'platform/src/text/';
// It reads no text of people's, and serves graphs that have other rules.
const engine = 'gateway/src/engine/';

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

const isProduct = (file: string): boolean =>
  /\.tsx?$/.test(file) &&
  !/\.test\.tsx?$/.test(file) &&
  !/(^|\/)(generated|tests|node_modules|\.next)\//.test(file);

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
  const folders = ['gateway', 'platform', 'subgraphs', 'web', 'prisma', 'infra/local'];
  const files = folders
    .flatMap((folder) => filesOf(join(root, folder)))
    .map((file) => relative(root, file))
    .filter(isProduct);
  const faults = files.flatMap((file) => textFaults(file, readFileSync(join(root, file), 'utf8')));
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    return entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)];
  });
}
