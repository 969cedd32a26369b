import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';
import { type OwnedPage, type PageRow, wantedPages } from '../paging/list-pages.ts';
import { canInteract, uuid, visibleTo } from '../visibility/visibility.ts';

export interface CommentRow {
  id: string;
  postId: string;
  parentId: string | null;
  authorId: string;
  text: string;
  replyCount: number;
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  removedAt: Date | null;
  removedReason: string | null;
}

/** For whom comments are read. */
export interface CommentReader {
  viewerId: string | null;
  isModerator: boolean;
}

/** What was removed looks deleted, except to its author and to moderators. */
const columnsFor = ({ viewer, isModerator }: Record<'viewer' | 'isModerator', Prisma.Sql>): Prisma.Sql => {
  const isWithheld = Prisma.sql`(c.removed_at IS NOT NULL
    AND (c.author_id = ${viewer} OR ${isModerator}) IS NOT TRUE)`;
  return Prisma.sql`c.id, c.post_id AS "postId", c.parent_id AS "parentId", c.author_id AS "authorId",
    CASE WHEN ${isWithheld} THEN '' ELSE c.text END AS text, c.reply_count AS "replyCount",
    c.created_at AS "createdAt", CASE WHEN NOT ${isWithheld} THEN c.edited_at END AS "editedAt",
    CASE WHEN ${isWithheld} THEN c.removed_at ELSE c.deleted_at END AS "deletedAt",
    CASE WHEN NOT ${isWithheld} THEN c.removed_at END AS "removedAt", c.removed_reason AS "removedReason"`;
};

/** Who may read a post may read the comments under it, the row `c`, of the people with whom they can interact. */
const readableBy = (viewer: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  c.author_id = ${viewer} OR ${canInteract(viewer, Prisma.sql`c.author_id`)}) IS TRUE`;

/** Each comment, if who asks may read it. */
export async function listComments(db: Reader, asked: readonly Asked[]): Promise<(CommentRow | null)[]> {
  const { viewerIds, areModerators, ids } = askedColumns(asked);
  const viewer = Prisma.sql`asked.viewer_id`;
  const isModerator = Prisma.sql`asked.is_moderator`;
  const rows = await db.$queryRaw<(CommentRow & { nth: number })[]>`
    SELECT asked.nth::int AS nth, ${columnsFor({ viewer, isModerator })}
    FROM unnest(${viewerIds}::uuid[], ${areModerators}::boolean[], ${ids}::uuid[])
      WITH ORDINALITY AS asked (viewer_id, is_moderator, id, nth)
    JOIN comments c ON c.id = asked.id
    JOIN posts p ON p.id = c.post_id
    WHERE ${visibleTo(viewer, { removedToo: isModerator })} AND ${readableBy(viewer)}`;
  return inOrder(asked, rows);
}

/** Comments that answer each owner, a post that the viewer may read. */
export const listCommentPages = async (db: Reader, reader: CommentReader, pages: readonly OwnedPage[]) =>
  listPages(db, reader, pages, Prisma.sql`c.post_id = want.owner_id AND c.parent_id IS NULL`);

/** Comments that answer each owner, a comment that the viewer may read. */
export const listReplyPages = async (db: Reader, reader: CommentReader, pages: readonly OwnedPage[]) =>
  listPages(db, reader, pages, Prisma.sql`c.parent_id = want.owner_id`);

const listPages = async (
  db: Reader,
  reader: CommentReader,
  pages: readonly OwnedPage[],
  belongsToOwner: Prisma.Sql,
) =>
  db.$queryRaw<PageRow<CommentRow>[]>`
    SELECT want.nth::int AS nth, ${columnsFor({ viewer: uuid(reader.viewerId), isModerator: Prisma.sql`${reader.isModerator}::boolean` })}
    FROM ${wantedPages(pages, 'oldest first')}
    CROSS JOIN LATERAL (
      SELECT * FROM comments c
      WHERE ${belongsToOwner} AND (c.created_at, c.id) > (want.after_time, want.after_id) AND ${readableBy(uuid(reader.viewerId))}
      ORDER BY c.created_at, c.id
      LIMIT want.first_rows
    ) c
    ORDER BY want.nth, c.created_at, c.id`;

/** One reply more, if the comment stands under the post and the viewer may read it; locks its row and gives its author. */
export async function updateReplyCount(
  tx: Tx,
  viewerId: string,
  postId: string,
  id: string,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ authorId: string }[]>`
    UPDATE comments c SET reply_count = c.reply_count + 1
    WHERE c.id = ${id}::uuid AND c.post_id = ${postId}::uuid AND c.deleted_at IS NULL AND c.removed_at IS NULL
      AND ${readableBy(uuid(viewerId))}
    RETURNING c.author_id AS "authorId"`;
  return row?.authorId ?? null;
}

export type NewComment = Pick<CommentRow, 'id' | 'postId' | 'parentId' | 'authorId' | 'text'> & {
  mentionedIds: string[];
};

/** Gives the time that the database put on it. */
export async function insertComment(tx: Tx, comment: NewComment): Promise<Date> {
  const [row] = await tx.$queryRaw<{ createdAt: Date }[]>`
    INSERT INTO comments (id, post_id, parent_id, author_id, text, mentioned_ids)
    VALUES (${comment.id}::uuid, ${comment.postId}::uuid, ${comment.parentId}::uuid, ${comment.authorId}::uuid,
      ${comment.text}, ${comment.mentionedIds}::uuid[])
    RETURNING created_at AS "createdAt"`;
  if (!row) throw new Error('an insert gave no row');
  return row.createdAt;
}

/** A comment as its author changes it, with whose post it stands under and whom it answers. */
export interface OwnComment {
  postId: string;
  postAuthorId: string;
  parentAuthorId: string | null;
  text: string;
  removedAt: Date | null;
}

/**
 * The author's comment under a post that they may read, locked until the transaction ends: edits of one comment happen one after
 * the other.
 */
export async function findOwnCommentForUpdate(
  tx: Tx,
  authorId: string,
  id: string,
): Promise<OwnComment | null> {
  const [row] = await tx.$queryRaw<OwnComment[]>`
    SELECT c.post_id AS "postId", p.author_id AS "postAuthorId", c.text, c.removed_at AS "removedAt",
      (SELECT author_id FROM comments WHERE id = c.parent_id AND deleted_at IS NULL) AS "parentAuthorId"
    FROM comments c JOIN posts p ON p.id = c.post_id
    WHERE c.id = ${id}::uuid AND c.author_id = ${authorId}::uuid AND c.deleted_at IS NULL AND ${visibleTo(uuid(authorId))}
    FOR NO KEY UPDATE OF c`;
  return row ?? null;
}

export const updateCommentText = async (
  tx: Tx,
  { id, ...comment }: Pick<NewComment, 'id' | 'text' | 'mentionedIds'>,
  editedAt: Date,
) => tx.comment.update({ where: { id }, data: { ...comment, editedAt }, select: { id: true } });

/**
 * Takes from the author's comment all but its place, with its earlier texts and the reactions to it; gives the post's id, null when
 * there is none. Locked first: whoever reacts to it meanwhile waits, and then finds it gone.
 */
export async function deleteOwnComment(tx: Tx, authorId: string, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ postId: string }[]>`
    SELECT c.post_id AS "postId" FROM comments c
    WHERE c.id = ${id}::uuid AND c.author_id = ${authorId}::uuid AND c.deleted_at IS NULL FOR UPDATE`;
  if (!row) return null;
  await tx.$executeRaw`
    WITH edits AS (DELETE FROM comment_edits WHERE comment_id = ${id}::uuid),
      reactions AS (DELETE FROM comment_reactions WHERE comment_id = ${id}::uuid),
      counts AS (DELETE FROM comment_reaction_counts WHERE comment_id = ${id}::uuid)
    UPDATE comments SET text = '', mentioned_ids = '{}', edited_at = NULL, deleted_at = clock_timestamp(),
      removed_at = NULL, removed_reason = NULL
    WHERE id = ${id}::uuid`;
  return row.postId;
}

/** Locks a comment that stands under a post which the viewer may read against being deleted, and no more. */
export async function findCommentForShare(
  tx: Tx,
  viewerId: string,
  id: string,
): Promise<Pick<CommentRow, 'postId' | 'authorId'> | null> {
  const [row] = await tx.$queryRaw<Pick<CommentRow, 'postId' | 'authorId'>[]>`
    SELECT c.post_id AS "postId", c.author_id AS "authorId" FROM comments c JOIN posts p ON p.id = c.post_id
    WHERE c.id = ${id}::uuid AND c.deleted_at IS NULL AND c.removed_at IS NULL
      AND ${visibleTo(uuid(viewerId))} AND ${readableBy(uuid(viewerId))}
    FOR KEY SHARE OF c`;
  return row ?? null;
}
