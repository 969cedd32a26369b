import { notificationsOf } from '@socialhub/platform/contracts/signals';
import { signalAfterCommit } from '@socialhub/platform/events/outbox';
import { Prisma } from '../generated/prisma/client.ts';
import { deleteActs } from './acts.ts';
import type { Tx } from './client.ts';
import { isMutedBy } from './mutes.ts';
import { newId } from './new-id.ts';
import { isUnwanted } from './preferences.ts';
import type { Subject } from './reactions.ts';
import { lockRecipients } from './recipients.ts';
import { isInactive, lockStanding } from './standings.ts';

/** One person among those who reacted to a post or a comment, or reposted the post; the recipient is its author. */
export interface Reactor {
  type: 'REACTION' | 'REPOST';
  recipientId: string;
  subject: Subject;
  actorId: string;
}

const keyOf = ({ type, subject: { kind, id } }: Reactor): string => `${type} ${kind} ${id}`;

/**
 * Adds the person to the one notification of it, which becomes unread and new again, unless they are hidden; whoever is in it
 * stays as they are. Of two of whom one blocks the other none is told, and nobody of whom they mute.
 */
export async function insertReactor(tx: Tx, reactor: Reactor, at: Date): Promise<void> {
  const { type, recipientId, subject, actorId } = reactor;
  await tx.$executeRaw`INSERT INTO recipients (user_id) VALUES (${recipientId}::uuid) ON CONFLICT DO NOTHING`;
  await lockStanding(tx, actorId);
  await lockRecipients(tx, [recipientId]);
  const told = await tx.$executeRaw`
    WITH before AS (
      SELECT id, read_at IS NULL AND is_shown AS counts FROM notifications
      WHERE recipient_id = ${recipientId}::uuid AND group_key = ${keyOf(reactor)}
    ), newcomer AS (
      SELECT ${isInactive(actorId)} AS is_hidden WHERE NOT EXISTS (
        SELECT 1 FROM before JOIN notification_actors a ON a.notification_id = before.id
        WHERE a.actor_id = ${actorId}::uuid)
        AND NOT EXISTS (
          SELECT 1 FROM blocks b WHERE b.blocker_id = ${recipientId}::uuid AND b.blocked_id = ${actorId}::uuid AND b.active)
        AND NOT EXISTS (
          SELECT 1 FROM blocks b WHERE b.blocker_id = ${actorId}::uuid AND b.blocked_id = ${recipientId}::uuid AND b.active)
        AND NOT ${isMutedBy(Prisma.sql`${recipientId}::uuid`, actorId)}
        AND NOT ${isUnwanted(Prisma.sql`${recipientId}::uuid`, Prisma.sql`${type}`, actorId)}
    ), numbered AS (
      UPDATE recipients SET change_seq = change_seq + 1,
        unread_count = unread_count + CASE
          WHEN is_hidden OR EXISTS (SELECT 1 FROM before WHERE counts) THEN 0 ELSE 1 END
      FROM newcomer WHERE user_id = ${recipientId}::uuid
      RETURNING change_seq, is_hidden
    ), written AS (
      INSERT INTO notifications AS n
        (id, recipient_id, type, group_key, subject_kind, subject_id, post_id, actor_count, hidden_count, change_seq)
      SELECT ${newId}, ${recipientId}::uuid, ${type}::notification_type, ${keyOf(reactor)}, ${subject.kind}::subject_kind,
        ${subject.id}::uuid, ${subject.postId}::uuid, 1, is_hidden::int, change_seq
      FROM numbered
      ON CONFLICT (recipient_id, group_key) DO UPDATE SET
        actor_count = n.actor_count + 1, hidden_count = n.hidden_count + excluded.hidden_count,
        change_seq = CASE WHEN excluded.hidden_count = 0 THEN excluded.change_seq ELSE n.change_seq END,
        updated_at = CASE WHEN excluded.hidden_count = 0 THEN clock_timestamp() ELSE n.updated_at END,
        read_at = CASE WHEN excluded.hidden_count = 0 THEN NULL ELSE n.read_at END
      RETURNING id
    )
    INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at, is_hidden)
    SELECT id, ${actorId}::uuid, ${recipientId}::uuid, ${at.toISOString()}::timestamptz, is_hidden
    FROM written, numbered`;
  if (told > 0) await signalAfterCommit(tx, notificationsOf(recipientId));
}

/** Takes the person out of the notification of it, which goes with the last one. */
export async function deleteReactor(tx: Tx, reactor: Reactor): Promise<void> {
  const { recipientId, actorId } = reactor;
  await lockRecipients(tx, [recipientId]);
  await deleteActs(
    tx,
    Prisma.sql`actor_id = ${actorId}::uuid AND notification_id = (
      SELECT id FROM notifications WHERE recipient_id = ${recipientId}::uuid AND group_key = ${keyOf(reactor)})`,
  );
}
