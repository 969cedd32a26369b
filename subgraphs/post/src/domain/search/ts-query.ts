import { authorMark, hashtagMark, mediaMark, monthMark } from '../text/post-lexemes.ts';
import type { Term } from './read-query.ts';

/** Asks of a tsvector whether it has all of the terms. */
export interface TsQuery {
  /** All of what is asked. */
  exact: string;
  /** Without the order of words in phrases: a GIN index answers it by itself. It finds all that the other finds. */
  loose: string;
}

/**
 * Makes PostgreSQL's tsquery out of terms. Lexemes are quoted, so that whatever stands in them is no operator. `stemsOf` gives the lexemes
 * that a word has in an index, `authorId` whom a name names.
 */
export function tsQueryOf(
  terms: readonly Exclude<Term, { kind: 'author' }>[],
  authors: readonly { authorId: string; isExcluded: boolean }[],
  lexemesOf: (word: string) => readonly string[],
): TsQuery {
  const exact: string[] = [];
  const loose: string[] = [];
  const add = (isExcluded: boolean, one: string) => {
    const said = isExcluded ? `!${one}` : one;
    exact.push(said);
    loose.push(said);
  };
  for (const { authorId, isExcluded } of authors) add(isExcluded, quote(authorMark(authorId)));
  for (const term of terms) {
    if (term.kind === 'hashtag') add(term.isExcluded, quote(hashtagMark(term.tag)));
    else if (term.kind === 'media') add(term.isExcluded, quote(mediaMark));
    else {
      const words = term.words.map((word) => anyOf(term.isExact ? [word] : lexemesOf(word)));
      if (words.length === 1) add(term.isExcluded, words[0] as string);
      else {
        const phrase = `(${words.join(' <-> ')})`;
        exact.push(term.isExcluded ? `!${phrase}` : phrase);
        if (!term.isExcluded) loose.push(...words);
      }
    }
  }
  return { exact: allOf(exact), loose: allOf(loose) };
}

/** The same, of one month alone. */
export const inMonth = <Query extends TsQuery>(query: Query, month: Date): Query => ({
  ...query,
  loose: `${query.loose} & ${quote(monthMark(month))}`,
});

/** Each once: an index reads the whole list of a word for every time that it is named. */
const allOf = (parts: readonly string[]): string => [...new Set(parts)].join(' & ');

const anyOf = (lexemes: readonly string[]): string => `(${lexemes.map(quote).join(' | ')})`;

const quote = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
