import { createHash } from 'node:crypto';
import * as z from 'zod';
import { badUserInput } from '../errors.ts';

/** Relay's PageInfo. */
export interface PageInfo {
  startCursor: string | null;
  endCursor: string | null;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** Relay's connection: a page of a list. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: PageInfo;
}

/** What a store needs for a page: fetch `limit` rows that come behind the key `after`. `limit` is one more than asked. */
export interface PageRequest<Key> {
  first: number;
  limit: number;
  after: Key | null;
}

/** Makes and reads the opaque cursors of one list. */
export interface CursorCodec<Key> {
  encode(key: Key): string;
  /** Throws BAD_USER_INPUT naming `field` for anything that this list did not give out. */
  decode(field: string, cursor: string): Key;
}

/** Whose list it is, and of what. */
export interface CursorScope {
  /** The viewer's user; null when signed out. */
  viewerId: string | null;
  /** What else chooses the list or what is in it: an owner's id, an argument that filters. */
  of?: string | Readonly<Record<string, string | boolean | null>>;
}

/**
 * Cursors for the list `list` whose order is the tuple `key` (its schema takes JSON back to the key: use
 * `readableTime` for a time). A cursor belongs to its viewer, list and arguments: any other is refused as foreign. It
 * is a position, not a permission: what is read from there is what the viewer may read anyway, so it is not signed.
 */
export function cursorCodec<Schema extends z.ZodType>(
  list: string,
  key: Schema,
  { viewerId, of }: CursorScope,
): CursorCodec<z.infer<Schema>> {
  const scope = JSON.stringify([list, viewerId, of ?? null]);
  const tag = createHash('sha256').update(scope).digest('base64url').slice(0, 6);
  return {
    encode: (value) => Buffer.from(JSON.stringify([tag, value])).toString('base64url'),
    decode(field, cursor) {
      const parsed = cursor.length <= 512 ? parseJson(Buffer.from(cursor, 'base64url').toString()) : null;
      const value =
        Array.isArray(parsed) && parsed.length === 2 && parsed[0] === tag ? key.safeParse(parsed[1]) : null;
      if (!value?.success) throw badUserInput(field, 'is not a cursor of this list');
      return value.data;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A time in a key: a forged cursor must not carry a year that PostgreSQL can't read. */
export const readableTime = z.coerce
  .date()
  .min(new Date('0001-01-01T00:00:00Z'))
  .max(new Date('9999-12-31T23:59:59.999Z'));

/** The key of most lists: newest first by time, ties by id. */
export const timeAndId = z.tuple([readableTime, z.uuid()]);

/** Checks `first` (1 to 100, default 20) and `after`; throws BAD_USER_INPUT naming the one that is wrong. */
export function pageRequest<Key>(
  args: { first?: number | null | undefined; after?: string | null | undefined },
  codec: CursorCodec<Key>,
): PageRequest<Key> {
  const first = args.first ?? 20;
  if (first < 1 || first > 100) throw badUserInput('first', 'must be from 1 to 100');
  const after = args.after == null ? null : codec.decode('after', args.after);
  return { first, limit: first + 1, after };
}

/** The page of a list that is short enough to be read whole; `rows` are all of it, in its order. */
export function pageOfAll<Row>(
  rows: readonly Row[],
  page: PageRequest<[Date, string]>,
  keyOf: (row: Row) => [Date, string],
  codec: CursorCodec<[Date, string]>,
  order: 'oldest first' | 'newest first',
): Connection<Row> {
  const { after } = page;
  const isBehind = (row: Row) => {
    if (!after) return true;
    const [time, id] = keyOf(row);
    const difference = time.getTime() - after[0].getTime() || (id > after[1] ? 1 : id < after[1] ? -1 : 0);
    return order === 'oldest first' ? difference > 0 : difference < 0;
  };
  return toConnection(rows.filter(isBehind).slice(0, page.limit), page, keyOf, codec);
}

/**
 * The same of a list that was looked through up to a place, `cutAt`, before the page was full: it goes on from there, though less than what
 * was asked for, or nothing, is on it. Null where it is full, or the list at its end.
 */
export function walkedConnection<Row, Key>(
  { rows, cutAt }: { rows: readonly Row[]; cutAt: Key | null },
  page: PageRequest<Key>,
  keyOf: (row: Row) => Key,
  codec: CursorCodec<Key>,
): Connection<Row> {
  const connection = toConnection(rows, page, keyOf, codec);
  if (cutAt === null) return connection;
  const pageInfo = { ...connection.pageInfo, endCursor: codec.encode(cutAt), hasNextPage: true };
  return { ...connection, pageInfo };
}

/** Makes the page out of at most `page.limit` rows in list order; `nodeOf` gives a row's node (default: the row). */
export function toConnection<Row, Key>(
  rows: readonly Row[],
  page: PageRequest<Key>,
  keyOf: (row: Row) => Key,
  codec: CursorCodec<Key>,
): Connection<Row>;
export function toConnection<Row, Key, Node>(
  rows: readonly Row[],
  page: PageRequest<Key>,
  keyOf: (row: Row) => Key,
  codec: CursorCodec<Key>,
  nodeOf: (row: Row) => Node,
): Connection<Node>;
export function toConnection<Row, Key>(
  rows: readonly Row[],
  page: PageRequest<Key>,
  keyOf: (row: Row) => Key,
  codec: CursorCodec<Key>,
  nodeOf: (row: Row) => unknown = (row) => row,
): Connection<unknown> {
  const edges = rows
    .slice(0, page.first)
    .map((row) => ({ cursor: codec.encode(keyOf(row)), node: nodeOf(row) }));
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
    },
  };
}
