import { uuidv7 } from '@socialhub/platform/ids';
import type { Reader, Tx } from '../client.ts';
import { type OwnedPage, type PageRow, wantedPages } from '../paging/list-pages.ts';

export interface CommentEditRow {
  id: string;
  commentId: string;
  text: string;
  editedAt: Date;
}

export const insertCommentEdit = async (tx: Tx, edit: Omit<CommentEditRow, 'id'>) =>
  tx.commentEdit.create({ data: { id: uuidv7(), ...edit }, select: { id: true } });

/** Pages of the earlier texts of comments whose text the reader is given, oldest first. */
export const listCommentEditPages = async (db: Reader, pages: readonly OwnedPage[]) =>
  db.$queryRaw<PageRow<CommentEditRow>[]>`
    SELECT want.nth::int AS nth, edit.id, edit.comment_id AS "commentId", edit.text, edit.edited_at AS "editedAt"
    FROM ${wantedPages(pages, 'oldest first')}
    CROSS JOIN LATERAL (
      SELECT * FROM comment_edits
      WHERE comment_id = want.owner_id AND (edited_at, id) > (want.after_time, want.after_id)
      ORDER BY edited_at, id LIMIT want.first_rows
    ) edit
    ORDER BY want.nth, edit.edited_at, edit.id`;
