import type { Role } from '../../generated/prisma/enums.ts';
import type { Tx } from '../client.ts';

/** A post or a comment as a moderator acts on it, and its author's role as far as it is known here. */
export interface Removable {
  id: string;
  postId: string;
  authorId: string;
  authorRole: Role;
  mediaIds: string[];
  /** Of a repost, what it passes on. */
  repostOfId: string | null;
  removedAt: Date | null;
  removedReason: string | null;
}

/** Any post, locked until the transaction ends. */
export async function findRemovablePost(tx: Tx, id: string): Promise<Removable | null> {
  const [row] = await tx.$queryRaw<Removable[]>`
    SELECT p.id, p.id AS "postId", p.author_id AS "authorId", coalesce(author.role, 'MEMBER')::text AS "authorRole",
      p.media_ids AS "mediaIds", p.repost_of_id AS "repostOfId", p.removed_at AS "removedAt", p.removed_reason AS "removedReason"
    FROM posts p LEFT JOIN people author ON author.id = p.author_id
    WHERE p.id = ${id}::uuid FOR NO KEY UPDATE OF p`;
  return row ?? null;
}

/** Any comment that its author has not deleted, locked until the transaction ends. */
export async function findRemovableComment(tx: Tx, id: string): Promise<Removable | null> {
  const [row] = await tx.$queryRaw<Removable[]>`
    SELECT c.id, c.post_id AS "postId", c.author_id AS "authorId", coalesce(author.role, 'MEMBER')::text AS "authorRole",
      '{}'::uuid[] AS "mediaIds", NULL::uuid AS "repostOfId", c.removed_at AS "removedAt", c.removed_reason AS "removedReason"
    FROM comments c LEFT JOIN people author ON author.id = c.author_id
    WHERE c.id = ${id}::uuid AND c.deleted_at IS NULL FOR NO KEY UPDATE OF c`;
  return row ?? null;
}

type Removal = Pick<Removable, 'removedAt' | 'removedReason'>;

export const updatePostRemoval = async (tx: Tx, id: string, removal: Removal) =>
  tx.post.update({ where: { id }, data: removal, select: { id: true } });

export const updateCommentRemoval = async (tx: Tx, id: string, removal: Removal) =>
  tx.comment.update({ where: { id }, data: removal, select: { id: true } });
