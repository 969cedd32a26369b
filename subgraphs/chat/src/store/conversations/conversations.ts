import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

/** A conversation as one of its members has it. */
export interface ConversationRow {
  id: string;
  kind: 'DIRECT' | 'GROUP';
  title: string | null;
  lastSeq: number;
  createdAt: Date;
  unreadCount: number;
  lastActivityAt: Date;
  /** The seq behind which they see it. */
  joinedAtSeq: number;
}

/** The same where it is about to change. */
export interface LockedConversation extends ConversationRow {
  readUpTo: number;
  isAdmin: boolean;
}

export type ActivityKey = [lastActivityAt: Date, id: string];

const columns = Prisma.sql`c.id, c.kind, c.title, c.last_seq AS "lastSeq", c.created_at AS "createdAt",
  m.unread_count AS "unreadCount", m.last_activity_at AS "lastActivityAt", m.joined_at_seq AS "joinedAtSeq"`;
const asMember = Prisma.sql`
  SELECT ${columns} FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id`;

/** Each conversation as who asks has it; null for those who are no member. */
export async function listConversations(
  reader: Reader,
  asked: readonly Asked[],
): Promise<(ConversationRow | null)[]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await reader.$queryRaw<(ConversationRow & { nth: number })[]>`
    SELECT asked.nth::int AS nth, own.*
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, id, nth)
    CROSS JOIN LATERAL (${asMember} WHERE m.user_id = asked.viewer_id AND m.conversation_id = asked.id) AS own`;
  return inOrder(asked, rows);
}

/** A page of a person's conversations, the one with the latest activity first. */
export async function listLatestConversations(
  reader: Reader,
  userId: string,
  limit: number,
  after: ActivityKey | null,
): Promise<ConversationRow[]> {
  const behind = after
    ? Prisma.sql`AND (m.last_activity_at, m.conversation_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  return reader.$queryRaw<ConversationRow[]>`
    ${asMember} WHERE m.user_id = ${userId}::uuid ${behind}
    ORDER BY m.last_activity_at DESC, m.conversation_id DESC LIMIT ${limit}`;
}

export async function findDirectId(reader: Reader, pairKey: string): Promise<string | null> {
  const found = await reader.conversation.findUnique({ where: { pairKey }, select: { id: true } });
  return found?.id ?? null;
}

/** False when there is one of the same pair; waits for whoever is just making it. */
export async function insertConversation(
  tx: Tx,
  conversation: { id: string; kind: 'DIRECT' | 'GROUP'; title: string | null; pairKey: string | null },
): Promise<boolean> {
  const { id, kind, title, pairKey } = conversation;
  const inserted = await tx.$executeRaw`
    INSERT INTO conversations (id, kind, title, pair_key)
    VALUES (${id}::uuid, ${kind}::conversation_kind, ${title}, ${pairKey})
    ON CONFLICT (pair_key) DO NOTHING`;
  return inserted > 0;
}

/**
 * Locks the conversation, so that what follows in `tx` happens to it alone, and gives it as it is then; null when the
 * person is no member. Take it before any other lock.
 */
export async function lockConversation(
  tx: Tx,
  id: string,
  userId: string,
): Promise<LockedConversation | null> {
  await tx.$queryRaw`SELECT 1 FROM conversations WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  // A statement of its own: it sees what was committed while the first one waited.
  const [row] = await tx.$queryRaw<LockedConversation[]>`
    SELECT ${columns}, m.read_up_to AS "readUpTo", m.is_admin AS "isAdmin"
    FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
    WHERE c.id = ${id}::uuid AND m.user_id = ${userId}::uuid`;
  return row ?? null;
}

/** The caller holds the conversation's lock. */
export async function updateTitle(tx: Tx, id: string, title: string | null): Promise<void> {
  await tx.$executeRaw`UPDATE conversations SET title = ${title} WHERE id = ${id}::uuid`;
}

/** With its messages: nobody is left who could read them. */
export async function deleteConversations(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.conversation.deleteMany({ where: { id: { in: [...ids] } } });
}
