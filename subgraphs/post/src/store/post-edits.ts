import { uuidv7 } from '@socialhub/platform/ids';
import type { Reader, Tx } from './client.ts';

export interface PostEditRow {
  postId: string;
  text: string;
  contentWarning: string | null;
  editedAt: Date;
}

const maxEditsShown = 100;

export const insertPostEdit = async (tx: Tx, edit: PostEditRow) =>
  tx.postEdit.create({ data: { id: uuidv7(), ...edit }, select: { id: true } });

/** The newest hundred earlier texts of each post, oldest first. */
export const listPostEdits = async (db: Reader, postIds: readonly string[]) =>
  db.$queryRaw<PostEditRow[]>`
    SELECT edit.post_id AS "postId", edit.text, edit.content_warning AS "contentWarning", edit.edited_at AS "editedAt"
    FROM unnest(${postIds}::uuid[]) AS post (id)
    CROSS JOIN LATERAL (
      SELECT * FROM post_edits WHERE post_id = post.id ORDER BY edited_at DESC, id DESC LIMIT ${maxEditsShown}
    ) edit
    ORDER BY edit.edited_at, edit.id`;
