import { mediaLeftOf } from '@socialhub/platform/replicas/ready-media';
import { type Message, Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type MessageRow = Message;

/** A stretch of each conversation: at most `limit` messages between two seqs, from its beginning or its end. */
export interface MessageRange {
  after: number;
  before: number;
  from: 'beginning' | 'end';
  limit: number;
}

const columns = Prisma.sql`m.id, m.conversation_id AS "conversationId", m.seq, m.sender_id AS "senderId", m.text,
  ${Prisma.raw(mediaLeftOf('m.media_ids'))} AS "mediaIds", m.reply_to_id AS "replyToId", m.created_at AS "createdAt", m.edited_at AS "editedAt",
  m.deleted_at AS "deletedAt"`;

export const listMessages = async (reader: Reader, ids: readonly string[]): Promise<MessageRow[]> =>
  reader.$queryRaw<MessageRow[]>`SELECT ${columns} FROM messages m WHERE m.id = ANY (${ids}::uuid[])`;

/** The last message of each conversation that has one. */
export const listLastMessages = async (
  reader: Reader,
  conversationIds: readonly string[],
): Promise<MessageRow[]> =>
  reader.$queryRaw<MessageRow[]>`
    SELECT ${columns} FROM conversations c JOIN messages m ON m.conversation_id = c.id AND m.seq = c.last_seq
    WHERE c.id = ANY (${conversationIds}::uuid[])`;

/** The same stretch of several conversations, each in order of seq. */
export async function listMessageRanges(
  reader: Reader,
  conversationIds: readonly string[],
  { after, before, from, limit }: MessageRange,
): Promise<MessageRow[]> {
  const direction = from === 'beginning' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return reader.$queryRaw<MessageRow[]>`
    SELECT ${columns} FROM unnest(${conversationIds}::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT * FROM messages
      WHERE conversation_id = wanted.id AND seq > ${after}::int AND seq < ${before}::int
      ORDER BY seq ${direction} LIMIT ${limit}
    ) AS m
    ORDER BY m.conversation_id, m.seq`;
}

/**
 * Puts the message at the end of its conversation, whose row stays locked from here on, and gives its time; null when
 * there is no such conversation. Under the lock seqs have no gap, and times, the clock's of this moment, grow with
 * them. Take it before any other lock.
 */
export async function insertMessage(
  tx: Tx,
  message: Pick<MessageRow, 'id' | 'conversationId' | 'senderId' | 'text' | 'mediaIds' | 'replyToId'>,
): Promise<Date | null> {
  const { id, conversationId, senderId, text, mediaIds, replyToId } = message;
  const [row] = await tx.$queryRaw<{ createdAt: Date }[]>`
    WITH next AS (
      UPDATE conversations SET last_seq = last_seq + 1 WHERE id = ${conversationId}::uuid RETURNING id, last_seq)
    INSERT INTO messages (id, conversation_id, seq, sender_id, text, media_ids, reply_to_id, created_at)
    SELECT ${id}::uuid, next.id, next.last_seq, ${senderId}::uuid, ${text}, ${mediaIds}::uuid[],
      ${replyToId}::uuid, clock_timestamp()
    FROM next RETURNING created_at AS "createdAt"`;
  return row?.createdAt ?? null;
}

/** A message that somebody sent in a conversation that they are in still, deleted or not; null for any other. */
export const findOwnMessage = (reader: Reader, id: string, senderId: string): Promise<MessageRow | null> =>
  readOwnMessage(reader, id, senderId, Prisma.empty);

/** The same, which nobody else changes from here on; their account's erasure neither, which takes no other lock. */
export const findOwnMessageForUpdate = (tx: Tx, id: string, senderId: string): Promise<MessageRow | null> =>
  readOwnMessage(tx, id, senderId, Prisma.sql`FOR NO KEY UPDATE OF m`);

async function readOwnMessage(
  reader: Reader,
  id: string,
  senderId: string,
  lock: Prisma.Sql,
): Promise<MessageRow | null> {
  const [row] = await reader.$queryRaw<MessageRow[]>`
    SELECT ${columns} FROM messages m
    JOIN conversation_members own ON own.conversation_id = m.conversation_id AND own.user_id = m.sender_id
      AND m.seq > own.joined_at_seq
    WHERE m.id = ${id}::uuid AND m.sender_id = ${senderId}::uuid ${lock}`;
  return row ?? null;
}

/** The caller holds the message's lock. */
export async function updateMessageText(tx: Tx, id: string, text: string): Promise<void> {
  await tx.$executeRaw`UPDATE messages SET text = ${text}, edited_at = clock_timestamp() WHERE id = ${id}::uuid`;
}

/** Leaves its place, and who sent it when. The caller holds the message's lock. */
export async function emptyMessage(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE messages SET text = '', media_ids = '{}', edited_at = NULL, deleted_at = clock_timestamp()
    WHERE id = ${id}::uuid`;
}

/** A message that somebody sees where they are a member; null for any other. */
export async function findMessageSeenBy(
  reader: Reader,
  id: string,
  viewerId: string,
): Promise<MessageRow | null> {
  const [row] = await reader.$queryRaw<MessageRow[]>`
    SELECT ${columns} FROM messages m
    JOIN conversation_members own ON own.conversation_id = m.conversation_id AND own.user_id = ${viewerId}::uuid
      AND m.seq > own.joined_at_seq
    WHERE m.id = ${id}::uuid`;
  return row ?? null;
}
