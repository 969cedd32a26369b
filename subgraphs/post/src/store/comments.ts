import { Prisma } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';
import { type OwnedPage, type PageRow, wantedPages } from './list-pages.ts';
import { meets, uuid, visibleTo } from './visibility.ts';

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
}

const columns = Prisma.sql`c.id, c.post_id AS "postId", c.parent_id AS "parentId", c.author_id AS "authorId", c.text,
  c.reply_count AS "replyCount", c.created_at AS "createdAt", c.edited_at AS "editedAt", c.deleted_at AS "deletedAt"`;

/** Who may read a post may read the comments under it, the row `c`, of the people whom they meet. */
const readableBy = (viewerId: string | null): Prisma.Sql => Prisma.sql`(
  c.author_id = ${uuid(viewerId)} OR ${meets(uuid(viewerId), Prisma.sql`c.author_id`)}) IS TRUE`;

/** Those of the comments that the viewer may read. */
export const listComments = async (db: Reader, viewerId: string | null, ids: readonly string[]) =>
  db.$queryRaw<CommentRow[]>`
    SELECT ${columns} FROM comments c JOIN posts p ON p.id = c.post_id
    WHERE c.id = ANY (${ids}::uuid[]) AND ${visibleTo(uuid(viewerId))} AND ${readableBy(viewerId)}`;

/** Comments that answer each owner, a post that the viewer may read. */
export const listCommentPages = async (db: Reader, viewerId: string | null, pages: readonly OwnedPage[]) =>
  listPages(db, viewerId, pages, Prisma.sql`c.post_id = want.owner_id AND c.parent_id IS NULL`);

/** Comments that answer each owner, a comment that the viewer may read. */
export const listReplyPages = async (db: Reader, viewerId: string | null, pages: readonly OwnedPage[]) =>
  listPages(db, viewerId, pages, Prisma.sql`c.parent_id = want.owner_id`);

const listPages = async (
  db: Reader,
  viewerId: string | null,
  pages: readonly OwnedPage[],
  belongsToOwner: Prisma.Sql,
) =>
  db.$queryRaw<PageRow<CommentRow>[]>`
    SELECT want.nth::int AS nth, ${columns}
    FROM ${wantedPages(pages, 'oldest first')}
    CROSS JOIN LATERAL (
      SELECT * FROM comments c
      WHERE ${belongsToOwner} AND (c.created_at, c.id) > (want.after_time, want.after_id) AND ${readableBy(viewerId)}
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
    WHERE c.id = ${id}::uuid AND c.post_id = ${postId}::uuid AND c.deleted_at IS NULL AND ${readableBy(viewerId)}
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
