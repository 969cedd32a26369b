import { badUserInput } from '@socialhub/platform/errors';
import { checkLine } from '@socialhub/platform/text/check-text';
import { hashtagNamed } from '@socialhub/platform/text/hashtag';
import { wordsOf } from '@socialhub/platform/text/words';

const maxQuery = 200;
const maxWords = 32;

/** Something that a post has, or with `isExcluded` has not. */
export type Term = { isExcluded: boolean } & (
  | { kind: 'words'; words: string[]; isExact: boolean }
  | { kind: 'hashtag'; tag: string }
  | { kind: 'media' }
  | { kind: 'author'; name: string }
);

/** What somebody searches for: all of the terms, in posts from `since` on and before `before`. */
export interface SearchQuery {
  terms: Term[];
  since: Date | null;
  before: Date | null;
}

const token = /(-?)(?:"([^"]*)"?|(\S+))/g;
const operator = /^(from|before|after|has):(.+)$/is;
const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

/**
 * Reads what was typed: words, "phrases", #tags, from:name, has:media, before: and after: a day (UTC), each of the first five with a
 * minus for posts without it. What is none of these is words. Throws BAD_USER_INPUT for one too long, without anything to look for, or with
 * an operator that cannot be read.
 */
export function readQuery(text: string): SearchQuery {
  const line = checkLine('query', text, { max: maxQuery, min: 1 }).replaceAll(/[“”„‟«»「」]/g, '"');
  const query: SearchQuery = { terms: [], since: null, before: null };
  for (const [, minus, phrase, bare = ''] of line.matchAll(token)) {
    const isExcluded = minus === '-';
    if (phrase !== undefined) addWords(query, phrase, { isExcluded, isExact: true });
    else addBare(query, bare, isExcluded);
  }
  check(query);
  return query;
}

type Operator = (query: SearchQuery, value: string, isExcluded: boolean) => void;

const operators: Record<string, Operator> = {
  from(query, value, isExcluded) {
    query.terms.push({ kind: 'author', name: value.replace(/^[@＠]/, ''), isExcluded });
  },
  has(query, value, isExcluded) {
    if (value.toLowerCase() !== 'media') throw badUserInput('query', 'takes has:media alone after has:');
    query.terms.push({ kind: 'media', isExcluded });
  },
  before(query, value, isExcluded) {
    query.before = earliest(query.before, dayNamed(value, isExcluded));
  },
  after(query, value, isExcluded) {
    query.since = latest(query.since, new Date(dayNamed(value, isExcluded).getTime() + dayMs));
  },
};

function addBare(query: SearchQuery, bare: string, isExcluded: boolean): void {
  const [, name = '', value = ''] = operator.exec(bare) ?? [];
  const tag = /^[#＃]/.test(bare) ? hashtagNamed(bare) : null;
  if (name !== '') operators[name.toLowerCase()]?.(query, value, isExcluded);
  else if (tag !== null) query.terms.push({ kind: 'hashtag', tag, isExcluded });
  else addWords(query, bare, { isExcluded, isExact: false });
}

function addWords(query: SearchQuery, text: string, how: { isExcluded: boolean; isExact: boolean }): void {
  const words = wordsOf(text);
  if (words.length > 0) query.terms.push({ kind: 'words', words, ...how });
}

function dayNamed(value: string, isExcluded: boolean): Date {
  const date = new Date(`${value}T00:00:00Z`);
  const isDay = day.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  // Years that PostgreSQL reads, also the day after.
  if (!isDay || isExcluded || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9998)
    throw badUserInput('query', 'takes a day such as 2026-01-31 after before: and after:');
  return date;
}

const earliest = (one: Date | null, other: Date): Date => (one && one < other ? one : other);
const latest = (one: Date | null, other: Date): Date => (one && one > other ? one : other);

function check({ terms }: SearchQuery): void {
  if (!terms.some(({ kind, isExcluded }) => !isExcluded && (kind === 'words' || kind === 'hashtag')))
    throw badUserInput('query', 'must name a word, a phrase or a hashtag to look for');
  const words = terms.reduce((sum, term) => sum + (term.kind === 'words' ? term.words.length : 1), 0);
  if (words > maxWords) throw badUserInput('query', `takes at most ${maxWords} words`);
}
