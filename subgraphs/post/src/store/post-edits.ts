import { uuidv7 } from '@socialhub/platform/ids';
import { Prisma } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';
import { uuid, visibleTo } from './visibility.ts';

export interface PostEditRow {
  postId: string;
  text: string;
  contentWarning: string | null;
  /** Whom this text named. */
  mentionedIds: string[];
  editedAt: Date;
}

const maxEditsShown = 100;

export const insertPostEdit = async (tx: Tx, edit: PostEditRow) =>
  tx.postEdit.create({ data: { id: uuidv7(), ...edit }, select: { id: true } });

/**
 * Of the newest hundred earlier texts of each post those that the reader could have read, oldest first. That is the rule of
 * reading with the people whom that text named: who is named by a later one learns nothing of it.
 */
export const listPostEdits = async (
  db: Reader,
  reader: { viewerId: string | null; isModerator: boolean },
  postIds: readonly string[],
) =>
  db.$queryRaw<PostEditRow[]>`
    SELECT edit.post_id AS "postId", edit.text, edit.content_warning AS "contentWarning",
      edit.mentioned_ids AS "mentionedIds", edit.edited_at AS "editedAt"
    FROM unnest(${postIds}::uuid[]) AS post (id)
    JOIN posts p ON p.id = post.id
    CROSS JOIN LATERAL (
      SELECT * FROM post_edits WHERE post_id = post.id ORDER BY edited_at DESC, id DESC LIMIT ${maxEditsShown}
    ) edit
    WHERE ${visibleTo(uuid(reader.viewerId), {
      removedToo: reader.isModerator,
      mentionedIds: Prisma.sql`edit.mentioned_ids`,
    })}
    ORDER BY edit.edited_at, edit.id`;
