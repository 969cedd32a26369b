import type { Tx } from './client.ts';

export interface PostStateRow {
  deleted: boolean;
  mentionsSequence: bigint;
}

/** What is known of a post, locked: its events are applied one after the other. */
export async function lockPostState(tx: Tx, postId: string): Promise<PostStateRow> {
  const [row] = await tx.$queryRaw<PostStateRow[]>`
    INSERT INTO post_states (post_id) VALUES (${postId}::uuid)
    ON CONFLICT (post_id) DO UPDATE SET post_id = excluded.post_id
    RETURNING deleted, mentions_sequence AS "mentionsSequence"`;
  if (!row) throw new Error('an upsert gave no row');
  return row;
}

export const updatePostState = async (tx: Tx, postId: string, data: Partial<PostStateRow>) =>
  tx.postState.update({ where: { postId }, data });
