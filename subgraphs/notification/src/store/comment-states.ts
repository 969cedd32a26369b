import type { Tx } from './client.ts';

export interface CommentStateRow {
  deleted: boolean;
  mentionsSequence: bigint;
}

const unchanged: CommentStateRow = { deleted: false, mentionsSequence: 0n };

/** What is known of a comment; the caller holds the lock of its post. */
export async function findCommentState(tx: Tx, commentId: string): Promise<CommentStateRow> {
  const [row] = await tx.$queryRaw<CommentStateRow[]>`
    SELECT deleted, mentions_sequence AS "mentionsSequence" FROM comment_states WHERE comment_id = ${commentId}::uuid`;
  return row ?? unchanged;
}

export const updateCommentState = async (
  tx: Tx,
  { commentId, postId }: { commentId: string; postId: string },
  data: Partial<CommentStateRow>,
) =>
  tx.commentState.upsert({
    where: { commentId },
    create: { commentId, postId, ...data },
    update: data,
    select: { commentId: true },
  });

/** Forgets those of a post that is gone. */
export const deleteCommentStates = async (tx: Tx, postId: string) =>
  tx.$executeRaw`DELETE FROM comment_states WHERE post_id = ${postId}::uuid`;
