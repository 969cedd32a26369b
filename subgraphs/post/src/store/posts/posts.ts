import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { mediaLeftOf } from '@socialhub/platform/replicas/ready-media';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Visibility } from '../../generated/prisma/enums.ts';
import type { Reader, Tx } from '../client.ts';
import { type Lexemes, wordsVector } from '../text/words-vector.ts';
import { finds, uuid, visibleTo } from '../visibility/visibility.ts';

export interface PostRow {
  id: string;
  authorId: string;
  text: string;
  contentWarning: string | null;
  visibility: Visibility;
  hashtags: string[];
  mentionedIds: string[];
  mediaIds: string[];
  quoteOfId: string | null;
  /** Of a repost, what it passes on. */
  repostOfId: string | null;
  commentCount: number;
  repostCount: number;
  quoteCount: number;
  createdAt: Date;
  editedAt: Date | null;
  removedAt: Date | null;
  removedReason: string | null;
}

/** The media of `posts p` that were not deleted. */
export const mediaLeft = Prisma.raw(mediaLeftOf('p.media_ids'));

/** The columns of a PostRow, of `posts p`. */
export const postColumns = Prisma.sql`p.id, p.author_id AS "authorId", p.text, p.content_warning AS "contentWarning",
  p.visibility::text AS visibility, p.hashtags, p.mentioned_ids AS "mentionedIds", ${mediaLeft} AS "mediaIds",
  p.quote_of_id AS "quoteOfId", p.repost_of_id AS "repostOfId", p.comment_count AS "commentCount",
  p.repost_count AS "repostCount", p.quote_count AS "quoteCount", p.created_at AS "createdAt",
  p.edited_at AS "editedAt", p.removed_at AS "removedAt", p.removed_reason AS "removedReason"`;

/** Each post, if who asks may read it; moderators may as if none had been removed. */
export async function listPosts(db: Reader, asked: readonly Asked[]): Promise<(PostRow | null)[]> {
  const { viewerIds, areModerators, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<(PostRow & { nth: number })[]>`
    SELECT asked.nth::int AS nth, ${postColumns}
    FROM unnest(${viewerIds}::uuid[], ${areModerators}::boolean[], ${ids}::uuid[])
      WITH ORDINALITY AS asked (viewer_id, is_moderator, id, nth)
    JOIN posts p ON p.id = asked.id
    WHERE ${visibleTo(Prisma.sql`asked.viewer_id`, { removedToo: Prisma.sql`asked.is_moderator` })}`;
  return inOrder(asked, rows);
}

/** A post that somebody would quote or repost. */
export interface Repeatable {
  authorId: string;
  /** Whether everybody may read it. */
  isOpen: boolean;
  repostOfId: string | null;
}

/** What a Repeatable is made of, of `posts p`. */
export const repeatableColumns = Prisma.sql`p.author_id AS "authorId", ${visibleTo(uuid(null))} AS "isOpen",
  p.repost_of_id AS "repostOfId"`;

/** One quote more, if the viewer may read the post; locks its row. */
export async function updateQuoted(tx: Tx, viewerId: string, id: string): Promise<Repeatable | null> {
  const [row] = await tx.$queryRaw<Repeatable[]>`
    UPDATE posts p SET quote_count = p.quote_count + 1 WHERE p.id = ${id}::uuid AND ${visibleTo(uuid(viewerId))}
    RETURNING ${repeatableColumns}`;
  return row ?? null;
}

export type NewPost = Omit<
  PostRow,
  | 'repostOfId'
  | 'commentCount'
  | 'repostCount'
  | 'quoteCount'
  | 'createdAt'
  | 'editedAt'
  | 'removedAt'
  | 'removedReason'
>;

/** Gives the time that the database put on it. */
export async function insertPost(tx: Tx, post: NewPost, lexemes: Lexemes): Promise<Date> {
  const [row] = await tx.$queryRaw<{ createdAt: Date }[]>`
    WITH counted AS (
      INSERT INTO author_post_counts (author_id, posts) VALUES (${post.authorId}::uuid, 1)
      ON CONFLICT (author_id) DO UPDATE SET posts = author_post_counts.posts + 1
    ), written AS (
      INSERT INTO posts
        (id, author_id, text, content_warning, visibility, hashtags, mentioned_ids, media_ids, quote_of_id)
      VALUES (${post.id}::uuid, ${post.authorId}::uuid, ${post.text}, ${post.contentWarning},
        ${post.visibility}::visibility, ${post.hashtags}::text[], ${post.mentionedIds}::uuid[],
        ${post.mediaIds}::uuid[], ${post.quoteOfId}::uuid)
      RETURNING id, created_at
    ), tagged AS (${insertHashtags(post.hashtags)}
    ), searchable AS (${insertWords(lexemes)})
    SELECT created_at AS "createdAt" FROM written`;
  if (!row) throw new Error('an insert gave no row');
  return row.createdAt;
}

/** The author's post, locked until the transaction ends: edits of one post happen one after the other. */
export async function findOwnPostForUpdate(tx: Tx, authorId: string, id: string): Promise<PostRow | null> {
  const [row] = await tx.$queryRaw<PostRow[]>`
    SELECT ${postColumns} FROM posts p WHERE p.id = ${id}::uuid AND p.author_id = ${authorId}::uuid FOR NO KEY UPDATE`;
  return row ?? null;
}

type EditedPost = Pick<PostRow, 'id' | 'text' | 'contentWarning' | 'hashtags' | 'mentionedIds'>;

export const updatePostText = async (tx: Tx, { id, ...post }: EditedPost, lexemes: Lexemes, editedAt: Date) =>
  tx.$executeRaw`
    WITH written AS (
      UPDATE posts SET text = ${post.text}, content_warning = ${post.contentWarning}, hashtags = ${post.hashtags}::text[],
        mentioned_ids = ${post.mentionedIds}::uuid[], edited_at = ${editedAt.toISOString()}::timestamptz
      WHERE id = ${id}::uuid RETURNING id, created_at
    ), untagged AS (
      DELETE FROM post_hashtags WHERE post_id = ${id}::uuid AND tag <> ALL (${post.hashtags}::text[])
    ), searchable AS (${insertWords(lexemes)})
    ${insertHashtags(post.hashtags)}`;

/** Puts the post of `written` where one searches for its words, in place of those that it had. */
const insertWords = (lexemes: Lexemes): Prisma.Sql => Prisma.sql`
  INSERT INTO post_search (post_id, created_at, words)
  SELECT id, created_at, ${wordsVector(lexemes, Prisma.sql`written.created_at`)} FROM written ON CONFLICT (post_id) DO UPDATE SET words = excluded.words`;

/** Puts the post of `written` where one looks for its hashtags; those under which it is there stay. */
const insertHashtags = (hashtags: readonly string[]): Prisma.Sql => Prisma.sql`
  INSERT INTO post_hashtags (post_id, tag, created_at)
  SELECT id, tag, created_at FROM written, unnest(${hashtags}::text[]) AS tag ON CONFLICT DO NOTHING`;

/** What the author's post repeats; null when there is no such post. */
export async function findOwnRepeat(db: Reader, authorId: string, id: string) {
  const [row] = await db.$queryRaw<Pick<PostRow, 'quoteOfId' | 'repostOfId'>[]>`
    SELECT p.quote_of_id AS "quoteOfId", p.repost_of_id AS "repostOfId" FROM posts p
    WHERE p.id = ${id}::uuid AND p.author_id = ${authorId}::uuid`;
  return row ?? null;
}

/** One quote less. Whoever deletes a quote has locked what it quotes first: the end of that comes upon its quotes, too. */
export const updateUnquoted = async (tx: Tx, id: string) =>
  tx.$executeRaw`UPDATE posts SET quote_count = quote_count - 1 WHERE id = ${id}::uuid`;

/** Deletes the author's post with all that hangs on it; false when there is none. */
export async function deleteOwnPost(tx: Tx, authorId: string, id: string): Promise<boolean> {
  const { count } = await tx.post.deleteMany({ where: { id, authorId } });
  if (count === 0) return false;
  await tx.authorPostCount.update({ where: { authorId }, data: { posts: { decrement: 1 } } });
  return true;
}

/** A post on which somebody puts something. */
export type Target = Pick<PostRow, 'authorId' | 'repostOfId'>;

/** Locks a post that the viewer may read against being deleted, and no more. */
export async function findPostForShare(tx: Tx, viewerId: string, id: string): Promise<Target | null> {
  const [row] = await tx.$queryRaw<Target[]>`
    SELECT p.author_id AS "authorId", p.repost_of_id AS "repostOfId" FROM posts p
    WHERE p.id = ${id}::uuid AND ${visibleTo(uuid(viewerId))} FOR KEY SHARE`;
  return row ?? null;
}

/** One comment more, if the viewer may read the post; locks its row. */
export async function updateCommentCount(tx: Tx, viewerId: string, id: string): Promise<Target | null> {
  const [row] = await tx.$queryRaw<Target[]>`
    UPDATE posts p SET comment_count = p.comment_count + 1
    WHERE p.id = ${id}::uuid AND ${visibleTo(uuid(viewerId))}
    RETURNING p.author_id AS "authorId", p.repost_of_id AS "repostOfId"`;
  return row ?? null;
}

/** Which of the people may read the post. */
export async function listReaders(db: Reader, postId: string, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT reader.id FROM unnest(${people}::uuid[]) WITH ORDINALITY AS reader (id, nth)
    JOIN posts p ON p.id = ${postId}::uuid
    WHERE ${visibleTo(Prisma.sql`reader.id`)} ORDER BY reader.nth`;
  return rows.map(({ id }) => id);
}

/** How many posts each person has written; null for whom who asks does not find. */
export async function listPostCounts(db: Reader, asked: readonly Asked[]): Promise<(number | null)[]> {
  const { viewerIds, areModerators, ids } = askedColumns(asked);
  const isFound = finds(Prisma.sql`asked.viewer_id`, Prisma.sql`asked.is_moderator`, Prisma.sql`asked.id`);
  const rows = await db.$queryRaw<{ nth: number; posts: number }[]>`
    SELECT asked.nth::int AS nth, coalesce(c.posts, 0) AS posts
    FROM unnest(${viewerIds}::uuid[], ${areModerators}::boolean[], ${ids}::uuid[])
      WITH ORDINALITY AS asked (viewer_id, is_moderator, id, nth)
    LEFT JOIN author_post_counts c ON c.author_id = asked.id
    WHERE ${isFound}`;
  return inOrder(asked, rows).map((row) => row?.posts ?? null);
}
