const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many grapheme clusters (UAX #29: what a person calls characters) the text has. Counts no further than one beyond `most`. */
export function graphemes(text: string, most = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) {
    count += 1;
    if (count > most) break;
  }
  return count;
}

/** The first of them; empty when there is none. */
export function firstGrapheme(text: string): string {
  for (const { segment } of segmenter.segment(text)) return segment;
  return '';
}
