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
const columnsFor = ({ viewerId, isModerator }: CommentReader): Prisma.Sql => {
  const isWithheld = Prisma.sql`(c.removed_at IS NOT NULL
    AND (c.author_id = ${uuid(viewerId)} OR ${isModerator}) IS NOT TRUE)`;
  return Prisma.sql`c.id, c.post_id AS "postId", c.parent_id AS "parentId", c.author_id AS "authorId",
    CASE WHEN ${isWithheld} THEN '' ELSE c.text END AS text, c.reply_count AS "replyCount",
    c.created_at AS "createdAt", CASE WHEN NOT ${isWithheld} THEN c.edited_at END AS "editedAt",
    CASE WHEN ${isWithheld} THEN c.removed_at ELSE c.deleted_at END AS "deletedAt",
    CASE WHEN NOT ${isWithheld} THEN c.removed_at END AS "removedAt", c.removed_reason AS "removedReason"`;
};

/** Who may read a post may read the comments under it, the row `c`, of the people with whom they can interact. */
const readableBy = (viewerId: string | null): Prisma.Sql => Prisma.sql`(
  c.author_id = ${uuid(viewerId)} OR ${canInteract(uuid(viewerId), Prisma.sql`c.author_id`)}) IS TRUE`;

/** Those of the comments that the reader may read. */
export const listComments = async (db: Reader, reader: CommentReader, ids: readonly string[]) =>
  db.$queryRaw<CommentRow[]>`
    SELECT ${columnsFor(reader)} FROM comments c JOIN posts p ON p.id = c.post_id
    WHERE c.id = ANY (${ids}::uuid[])
      AND ${visibleTo(uuid(reader.viewerId), { removedToo: reader.isModerator })}
      AND ${readableBy(reader.viewerId)}`;

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
    SELECT want.nth::int AS nth, ${columnsFor(reader)}
    FROM ${wantedPages(pages, 'oldest first')}
    CROSS JOIN LATERAL (
      SELECT * FROM comments c
      WHERE ${belongsToOwner} AND (c.created_at, c.id) > (want.after_time, want.after_id) AND ${readableBy(reader.viewerId)}
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
      AND ${readableBy(viewerId)}
    RETURNING c.author_id AS "authorId"`;
  return row?.authorId ?? null;
}

export type NewComment = Pick<CommentRow, 'id' | 'postId' | 'parentId' | 'authorId' | 'text'> & {
  mentionedIds: string[];
};

/** Gives the time that the database put on it. */
export async function insertComment(tx: Tx, comment: NewComment): Promise<Date> {
  const { createdAt } = await tx.comment.create({ data: comment, select: { createdAt: true } });
  return createdAt;
}
