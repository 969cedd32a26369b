import { wordsOf } from '@socialhub/platform/text/words';
import type { Lexemes } from '../../store/text/words-vector.ts';

interface Searchable {
  authorId: string;
  text: string;
  contentWarning: string | null;
  hashtags: readonly string[];
  mediaIds: readonly string[];
}

// No word begins with any of these signs.
export const hashtagMark = (tag: string): string => `#${tag}`;
export const authorMark = (authorId: string): string => `@${authorId}`;
export const mediaMark = '+media';
/** Of the month in which a post was written, in UTC; the database puts it there, which knows the time. */
export const monthMark = (month: Date): string => `~${month.toISOString().slice(0, 7)}`;

/** What a post is found by: its words in their order, and marks of what else is asked for. */
export function postLexemes({ authorId, text, contentWarning, hashtags, mediaIds }: Searchable): Lexemes {
  const words = [...wordsOf(contentWarning ?? ''), ...wordsOf(text)];
  const marks = [
    authorMark(authorId),
    ...hashtags.map(hashtagMark),
    ...(mediaIds.length > 0 ? [mediaMark] : []),
  ];
  return { words, stemmers: words.map(stemmerOf), marks };
}

const stemmers: [RegExp, string][] = [
  [/^[\p{Script=Latin}']+$/u, 'english_stem'],
  [/^\p{Script=Cyrillic}+$/u, 'russian_stem'],
  [/^\p{Script=Greek}+$/u, 'greek_stem'],
  [/^\p{Script=Arabic}+$/u, 'arabic_stem'],
];

/** PostgreSQL's dictionary that finds the stem of a word, by its script; null where there is none. */
export const stemmerOf = (word: string): string | null =>
  stemmers.find(([script]) => script.test(word))?.[1] ?? null;
