const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Counts what people call characters, as the API does. */
export function graphemes(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}
