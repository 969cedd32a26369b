import { Prisma } from '../../generated/prisma/client.ts';

/** What a post is found by: words in their order with the dictionary of each, and marks, which stand nowhere. */
export interface Lexemes {
  words: string[];
  stemmers: (string | null)[];
  marks: string[];
}

/** A word as it was written, and its stem. */
export const lexemesOf = Prisma.sql`array_append(ts_lexize(w.stemmer::regdictionary, w.word), w.word)`;

const quoted = (lexeme: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`'''' || replace(replace(${lexeme}, '\', '\\'), '''', '''''') || ''''`;

/** A tsvector of these and of the month in which the post was written, as SQL. It takes the lexemes as they are: no parser of PostgreSQL's reads the text again. */
export const wordsVector = (
  { words, stemmers, marks }: Lexemes,
  createdAt: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(string_agg(part, ' '), '')::tsvector FROM (
    SELECT ${quoted(Prisma.sql`lexeme`)} || ':' || nth AS part
    FROM unnest(${words}::text[], ${stemmers}::text[]) WITH ORDINALITY AS w (word, stemmer, nth)
    CROSS JOIN LATERAL unnest(${lexemesOf}) AS lexeme
    UNION ALL
    SELECT ${quoted(Prisma.sql`mark`)} FROM unnest(${marks}::text[]) AS mark
    UNION ALL
    SELECT ${quoted(Prisma.sql`to_char(${createdAt} AT TIME ZONE 'UTC', '~YYYY-MM')`)}
  ) AS parts)`;
