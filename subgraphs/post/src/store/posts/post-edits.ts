import { uuidv7 } from '@socialhub/platform/ids';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';
import { type OwnedPage, type PageRow, wantedPages } from '../paging/list-pages.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';

export interface PostEditRow {
  id: string;
  postId: string;
  text: string;
  contentWarning: string | null;
  /** Whom this text named. */
  mentionedIds: string[];
  editedAt: Date;
}

export const insertPostEdit = async (tx: Tx, edit: Omit<PostEditRow, 'id'>) =>
  tx.postEdit.create({ data: { id: uuidv7(), ...edit }, select: { id: true } });

/**
 * Pages of those earlier texts of posts that the reader could have read, oldest first. That is the rule of reading with the
 * people whom that text named: who is named by a later one learns nothing of it.
 */
export const listEditPages = async (
  db: Reader,
  reader: { viewerId: string | null; isModerator: boolean },
  pages: readonly OwnedPage[],
) =>
  db.$queryRaw<PageRow<PostEditRow>[]>`
    SELECT want.nth::int AS nth, edit.id, edit.post_id AS "postId", edit.text,
      edit.content_warning AS "contentWarning", edit.mentioned_ids AS "mentionedIds", edit.edited_at AS "editedAt"
    FROM ${wantedPages(pages, 'oldest first')}
    JOIN posts p ON p.id = want.owner_id
    CROSS JOIN LATERAL (
      SELECT * FROM post_edits
      WHERE post_id = want.owner_id AND (edited_at, id) > (want.after_time, want.after_id)
        AND ${visibleTo(uuid(reader.viewerId), {
          removedToo: Prisma.sql`${reader.isModerator}::boolean`,
          mentionedIds: Prisma.sql`post_edits.mentioned_ids`,
        })}
      ORDER BY edited_at, id LIMIT want.first_rows
    ) edit
    ORDER BY want.nth, edit.edited_at, edit.id`;
