import { foldText } from './fold-text.ts';

const maxLength = 64;

// By rule where there are spaces, by ICU's dictionaries where there are none: the locale has no say.
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * The words of a text, in order, in the form in which they are compared (`foldText`); longer ones are cut. In Chinese, Japanese, Thai and
 * others without spaces too. The caller bounds the length.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  // Keyboards give either apostrophe.
  for (const { segment, isWordLike } of segmenter.segment(foldText(text).replaceAll('\u2019', "'")))
    if (isWordLike) words.push(cut(segment));
  return words;
}

const cut = (word: string): string =>
  word.length <= maxLength ? word : [...word.slice(0, maxLength * 2)].slice(0, maxLength).join('');
