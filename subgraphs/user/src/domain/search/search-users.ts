import { cursorCodec, pageRequest, toConnection } from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { checkLine } from '@socialhub/platform/text/check-text';
import { searchKey } from '@socialhub/platform/text/search-key';
import { usernameKey } from '@socialhub/platform/text/username';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { ProfileRow } from '../../store/profiles/profiles.ts';
import { listMatches, type MatchKey, type MatchRow, type Sought } from '../../store/search/profile-search.ts';

interface SearchArgs {
  query: string;
  first?: number | null;
  after?: string | null;
}

const maxQuery = 100;
const matchKey = z.tuple([z.int().min(0).max(1), z.int().min(0).max(2), z.int().min(0).max(1_000), z.uuid()]);

const keyOf = ({ isStranger, match, unlikeness, id }: MatchRow): MatchKey => [
  isStranger,
  match,
  unlikeness,
  id,
];

/** A page of the people whom the viewer may be looking for. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function searchUsers(context: Context, { query, ...args }: SearchArgs) {
  const { userId } = requireViewer(context);
  const sought = soughtBy(checkLine('query', query, { max: maxQuery, min: 1 }));
  const cursors = cursorCodec('searchUsers', matchKey, { viewerId: userId, of: sought.key });
  const page = pageRequest(args, cursors);
  // As long as nothing but the sign of a username is typed.
  const rows = sought.key === '' ? [] : await listMatches(context.db.prisma, userId, sought, page);
  const people = await Promise.all(rows.map(({ id }) => context.loaders.requireProfile(id)));
  const nodes = new Map(people.map((person) => [person.id, person]));
  return toConnection(rows, page, keyOf, cursors, ({ id }) => nodes.get(id) as ProfileRow);
}

/** A username may be typed as it is written in texts. */
function soughtBy(query: string): Sought {
  const key = searchKey(query.replace(/^[@＠]/u, ''));
  return { key, username: usernameKey(key) };
}
