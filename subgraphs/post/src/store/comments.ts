import { Prisma } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';
import { type OwnedPage, type PageRow, wantedPages } from './list-pages.ts';
import { uuid, visibleTo } from './visibility.ts';

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

/** Those of the comments whose post the viewer may read. */
export const listComments = async (db: Reader, viewerId: string | null, ids: readonly string[]) =>
  db.$queryRaw<CommentRow[]>`
    SELECT ${columns} FROM comments c JOIN posts p ON p.id = c.post_id
    WHERE c.id = ANY (${ids}::uuid[]) AND ${visibleTo(uuid(viewerId))}`;

/** Comments that answer each owner, a post. Who may read the post may read them. */
export const listCommentPages = async (db: Reader, pages: readonly OwnedPage[]) =>
  listPages(db, pages, Prisma.sql`c.post_id = want.owner_id AND c.parent_id IS NULL`);

/** Comments that answer each owner, a comment. */
export const listReplyPages = async (db: Reader, pages: readonly OwnedPage[]) =>
  listPages(db, pages, Prisma.sql`c.parent_id = want.owner_id`);

const listPages = async (db: Reader, pages: readonly OwnedPage[], belongsToOwner: Prisma.Sql) =>
  db.$queryRaw<PageRow<CommentRow>[]>`
    SELECT want.nth::int AS nth, ${columns}
    FROM ${wantedPages(pages, 'oldest first')}
    CROSS JOIN LATERAL (
      SELECT * FROM comments c
      WHERE ${belongsToOwner} AND (c.created_at, c.id) > (want.after_time, want.after_id)
      ORDER BY c.created_at, c.id
      LIMIT want.first_rows
    ) c
    ORDER BY want.nth, c.created_at, c.id`;

/** One reply more, if the comment stands under the post; locks its row and gives its author. */
export async function updateReplyCount(tx: Tx, postId: string, id: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ authorId: string }[]>`
    UPDATE comments SET reply_count = reply_count + 1
    WHERE id = ${id}::uuid AND post_id = ${postId}::uuid AND deleted_at IS NULL
    RETURNING author_id AS "authorId"`;
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
