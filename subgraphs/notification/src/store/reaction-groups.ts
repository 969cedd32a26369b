import { wake } from '@socialhub/platform/events/outbox';
import type { Tx } from './client.ts';
import { topicOf } from './deliver.ts';
import { newId } from './new-id.ts';
import { lockRecipients } from './recipients.ts';

/** One person among those who reacted to a post; the recipient is the post's author. */
export interface Reactor {
  recipientId: string;
  postId: string;
  actorId: string;
}

const keyOf = (postId: string): string => `REACTION Post ${postId}`;

/** Adds the person to the post's one notification, which becomes unread and new again; whoever is in it stays as they are. */
export async function insertReactor(
  tx: Tx,
  { recipientId, postId, actorId }: Reactor,
  at: Date,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO recipients (user_id) VALUES (${recipientId}::uuid) ON CONFLICT DO NOTHING`;
  await lockRecipients(tx, [recipientId]);
  const told = await tx.$executeRaw`
    WITH before AS (
      SELECT id, read_at FROM notifications
      WHERE recipient_id = ${recipientId}::uuid AND group_key = ${keyOf(postId)}
    ), newcomer AS (
      SELECT 1 WHERE NOT EXISTS (
        SELECT 1 FROM before JOIN notification_actors a ON a.notification_id = before.id
        WHERE a.actor_id = ${actorId}::uuid)
    ), numbered AS (
      UPDATE recipients SET change_seq = change_seq + 1,
        unread_count = unread_count + CASE WHEN EXISTS (SELECT 1 FROM before WHERE read_at IS NULL) THEN 0 ELSE 1 END
      FROM newcomer WHERE user_id = ${recipientId}::uuid
      RETURNING change_seq
    ), written AS (
      INSERT INTO notifications AS n
        (id, recipient_id, type, group_key, subject_kind, subject_id, post_id, actor_count, change_seq)
      SELECT ${newId}, ${recipientId}::uuid, 'REACTION', ${keyOf(postId)}, 'Post',
        ${postId}::uuid, ${postId}::uuid, 1, change_seq
      FROM numbered
      ON CONFLICT (recipient_id, group_key) DO UPDATE SET
        actor_count = n.actor_count + 1, change_seq = excluded.change_seq, updated_at = clock_timestamp(),
        read_at = NULL
      RETURNING id
    )
    INSERT INTO notification_actors (notification_id, actor_id, acted_at)
    SELECT id, ${actorId}::uuid, ${at.toISOString()}::timestamptz FROM written`;
  if (told > 0) await wake(tx, topicOf(recipientId));
}

/** Takes the person out of the post's notification, which goes with the last one. */
export async function deleteReactor(tx: Tx, { recipientId, postId, actorId }: Reactor): Promise<void> {
  await lockRecipients(tx, [recipientId]);
  await tx.$executeRaw`
    WITH left_out AS (
      DELETE FROM notification_actors a USING notifications n
      WHERE n.recipient_id = ${recipientId}::uuid AND n.group_key = ${keyOf(postId)}
        AND a.notification_id = n.id AND a.actor_id = ${actorId}::uuid
      RETURNING n.id
    )
    UPDATE notifications n SET actor_count = n.actor_count - 1 FROM left_out WHERE n.id = left_out.id`;
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM notifications
      WHERE recipient_id = ${recipientId}::uuid AND group_key = ${keyOf(postId)} AND actor_count = 0
      RETURNING read_at
    )
    UPDATE recipients SET unread_count = unread_count - 1 FROM gone
    WHERE user_id = ${recipientId}::uuid AND gone.read_at IS NULL`;
}
