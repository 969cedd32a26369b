import {
  cursorCodec,
  type PageRequest,
  pageRequest,
  timeAndId,
  walkedConnection,
} from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { usernameKey } from '@socialhub/platform/text/username';
import type { Context } from '../../context.ts';
import type { Reader } from '../../store/client.ts';
import { firstId, type Place } from '../../store/paging/list-pages.ts';
import type { PostRow } from '../../store/posts/posts.ts';
import {
  findFirstTime,
  listLexemes,
  listMatches,
  readMatching,
  type Search,
  startOf,
} from '../../store/search/post-search.ts';
import { listPeopleNamed } from '../../store/visibility/people.ts';
import type { PageArgs } from '../paging/page-args.ts';
import { type Stretch, type Walked, walkList } from '../paging/walk-list.ts';
import { stemmerOf } from '../text/post-lexemes.ts';
import { readQuery, type SearchQuery, type Term } from './read-query.ts';
import { inMonth, tsQueryOf } from './ts-query.ts';

const placeOf = (post: PostRow): [Date, string] => [post.createdAt, post.id];

/** What is found among so many of the latest posts is frequent: no index of words is asked. */
const lookedAtFirst = [500];
/** The index gives so many at most, in no order. No more months are asked for a page once it has given so many in all. */
const mostMatches = 10_000;
/** Of a word of which there are more in one month, the posts are looked at one after the other. */

const lookedAtThen = [1_500, 6_000, 12_000];
/** Of one of which there are more in all, so many months are asked for a page. */
const mostMonths = 12;

/** A page of the posts that were searched for and that the viewer may read, newest first. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function searchPosts(context: Context, { query: text, ...args }: PageArgs & { query: string }) {
  const { userId } = requireViewer(context);
  const query = readQuery(text);
  const cursors = cursorCodec('searchPosts', timeAndId, { viewerId: userId, of: { query: text.trim() } });
  const page = pageRequest(args, cursors);
  const db = context.db.prisma;
  const search = await searchOf(db, userId, query);
  const walked = search ? await find(db, userId, search, page) : { rows: [], cutAt: null };
  return walkedConnection(walked, page, placeOf, cursors);
}

/** Null when somebody is named of whom the viewer finds nothing. */
async function searchOf(db: Reader, viewerId: string, query: SearchQuery): Promise<Search | null> {
  const authors: { authorId: string; isExcluded: boolean }[] = [];
  const terms: Exclude<Term, { kind: 'author' }>[] = [];
  for (const term of query.terms) {
    if (term.kind !== 'author') {
      terms.push(term);
      continue;
    }
    const name = usernameKey(term.name);
    const [authorId] = name === null ? [] : await listPeopleNamed(db, viewerId, [name]);
    if (authorId !== undefined) authors.push({ authorId, isExcluded: term.isExcluded });
    else if (!term.isExcluded) return null;
  }
  const words = terms.flatMap((term) => (term.kind === 'words' && !term.isExact ? term.words : []));
  const lexemes = await listLexemes(db, words, words.map(stemmerOf));
  const { since, before } = query;
  const hasMedia = terms.some(({ kind, isExcluded }) => kind === 'media' && !isExcluded);
  return { ...tsQueryOf(terms, authors, (word) => lexemes.get(word) ?? [word]), since, before, hasMedia };
}

async function find(
  db: Reader,
  viewerId: string,
  search: Search,
  page: PageRequest<Place>,
): Promise<Walked<PostRow>> {
  const read = (after: Place | null, size: number) =>
    readMatching(db, viewerId, search, { after, size, limit: page.limit });
  const first = await walkList(page, lookedAtFirst, read);
  if (first.cutAt === null) return first;
  const rest = { ...page, after: first.cutAt, limit: page.limit - first.rows.length };
  const matches = await listMatches(db, viewerId, search, rest, mostMatches);
  const { rows, cutAt } = matches
    ? { rows: matches.rows, cutAt: null }
    : await findByMonths(db, viewerId, search, rest, read);
  return { rows: [...first.rows, ...rows], cutAt };
}

/** By the index month for month, back from where the page begins; of a month with too many posts they are looked at one after the other. */
async function findByMonths(
  db: Reader,
  viewerId: string,
  search: Search,
  page: PageRequest<Place> & { after: Place },
  read: (after: Place | null, size: number) => Promise<Stretch<PostRow>>,
): Promise<Walked<PostRow>> {
  const firstTime = await findFirstTime(db, search.since);
  const found: PostRow[] = [];
  let lookedAt = 0;
  let after = startOf(page.after, search.before);
  for (let months = 0; months < mostMonths && lookedAt < mostMatches; months += 1) {
    const month = monthOf(after);
    const rest = { ...page, after, limit: page.limit - found.length };
    const matches = await listMatches(db, viewerId, inMonth(search, month), rest, mostMatches);
    if (!matches) {
      const { rows, cutAt } = await walkList(rest, lookedAtThen, read);
      return { rows: [...found, ...rows], cutAt };
    }
    found.push(...matches.rows);
    lookedAt += matches.matches;
    if (found.length >= page.limit || !firstTime || month <= firstTime) return { rows: found, cutAt: null };
    after = [month, firstId];
  }
  return { rows: found, cutAt: after };
}

/** The beginning of the month, in UTC, of what comes first behind a place: what begins a month is of the one before, as a place without a post. */
function monthOf([time, id]: Place): Date {
  const last = new Date(time.getTime() - (id === firstId ? 1 : 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth()));
}
