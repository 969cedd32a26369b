import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';

/** What somebody reacted to: a post, or a comment that stands under one. */
export interface Subject {
  kind: 'Post' | 'Comment';
  id: string;
  postId: string;
}

/** Where the reactions to a subject are kept, and the column of its id. */
const tableOf = ({ kind }: Subject) =>
  kind === 'Post'
    ? { table: Prisma.sql`reactions`, subjectId: Prisma.sql`post_id` }
    : { table: Prisma.sql`comment_reactions`, subjectId: Prisma.sql`comment_id` };

/** Sets whether an emoji stands, unless a newer event has told otherwise: gives whether it was set. */
export async function updateReaction(
  tx: Tx,
  subject: Subject,
  reaction: { userId: string; emoji: string; active: boolean; sequence: bigint },
): Promise<boolean> {
  const { table, subjectId } = tableOf(subject);
  const isComment = subject.kind === 'Comment';
  const changed = await tx.$executeRaw`
    INSERT INTO ${table} AS r (${subjectId}, user_id, emoji, active, sequence${isComment ? Prisma.sql`, post_id` : Prisma.empty})
    VALUES (${subject.id}::uuid, ${reaction.userId}::uuid, ${reaction.emoji}, ${reaction.active},
      ${reaction.sequence}${isComment ? Prisma.sql`, ${subject.postId}::uuid` : Prisma.empty})
    ON CONFLICT (${subjectId}, user_id, emoji) DO UPDATE SET active = excluded.active, sequence = excluded.sequence
    WHERE r.sequence < excluded.sequence`;
  return changed > 0;
}

/** Whether any emoji of the person's stands on it. */
export async function hasReaction(tx: Tx, subject: Subject, userId: string): Promise<boolean> {
  const { table, subjectId } = tableOf(subject);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM ${table} WHERE ${subjectId} = ${subject.id}::uuid AND user_id = ${userId}::uuid AND active LIMIT 1`;
  return rows.length > 0;
}

/** Forgets who reacted to it. */
export const deleteReactions = async (tx: Tx, subject: Subject) => {
  const { table, subjectId } = tableOf(subject);
  return tx.$executeRaw`DELETE FROM ${table} WHERE ${subjectId} = ${subject.id}::uuid`;
};

/** Forgets who reacted to the comments under a post. */
export const deleteReactionsUnderPost = async (tx: Tx, postId: string) =>
  tx.$executeRaw`DELETE FROM comment_reactions WHERE post_id = ${postId}::uuid`;
