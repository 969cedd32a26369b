import type { Tx } from './client.ts';
import { deleteActsOf } from './retract.ts';

/** Erases at most `limit` of what a person was told. */
export const eraseNotifications = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM notifications WHERE id IN (
      SELECT id FROM notifications WHERE recipient_id = ${userId}::uuid ORDER BY group_key LIMIT ${limit})`;

/** Takes a person out of at most `limit` things that others were told of. */
export const eraseActs = (tx: Tx, userId: string, limit: number): Promise<number> =>
  deleteActsOf(tx, userId, limit);

export const eraseReactions = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM reactions WHERE (post_id, user_id, emoji) IN (
      SELECT post_id, user_id, emoji FROM reactions WHERE user_id = ${userId}::uuid LIMIT ${limit})`;

export const eraseCommentReactions = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM comment_reactions WHERE (comment_id, user_id, emoji) IN (
      SELECT comment_id, user_id, emoji FROM comment_reactions WHERE user_id = ${userId}::uuid LIMIT ${limit})`;

export const eraseReposts = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM reposts WHERE (post_id, user_id) IN (
      SELECT post_id, user_id FROM reposts WHERE user_id = ${userId}::uuid LIMIT ${limit})`;

export const eraseFollows = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM follows WHERE (follower_id, followee_id) IN (
      SELECT * FROM (
        (SELECT follower_id, followee_id FROM follows WHERE follower_id = ${userId}::uuid ORDER BY followee_id LIMIT ${limit})
        UNION ALL
        (SELECT follower_id, followee_id FROM follows WHERE followee_id = ${userId}::uuid ORDER BY rings, follower_id LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;

export const eraseRecipient = async (tx: Tx, userId: string): Promise<number> =>
  tx.$executeRaw`DELETE FROM recipients WHERE user_id = ${userId}::uuid`;
