import { memberEventsOf } from '@socialhub/platform/contracts/signals';
import type { Database } from '@socialhub/platform/database/database';
import type { Live } from '@socialhub/platform/events/live';
import { createLogFeed, type LogFeed } from '@socialhub/platform/events/log-feed';
import { type Following, pagesOf } from '@socialhub/platform/events/log-reader';
import { signalTopicsAfterCommit } from '@socialhub/platform/events/outbox';
import type { ChatEventKind } from '../../generated/prisma/client.ts';
import type { Client, Reader, Tx } from '../client.ts';

/** One entry of a person's event log. */
export interface MemberEventRow {
  seq: number;
  kind: ChatEventKind;
  conversationId: string;
  messageId: string | null;
  actorId: string;
  /** Behind which seq its reader sees messages of that conversation. */
  joinedAtSeq: number;
}

/**
 * Writes an event into each of these people's logs and signals to whoever follows them. A person's head row is locked from
 * here to the end of `tx`, so that seqs become visible in order; the heads are taken in order of id, so that two
 * transactions with members in common wait for each other instead of deadlocking. Take it after all other locks. `leaverId` is who
 * is a member no more: of them it is given for good, while of what else is in their log of this conversation nothing is.
 */
export async function appendEvents(
  tx: Tx,
  memberIds: readonly string[],
  event: Omit<MemberEventRow, 'seq' | 'joinedAtSeq'>,
  leaverId: string | null = null,
): Promise<void> {
  const { kind, conversationId, messageId, actorId } = event;
  await tx.$executeRaw`
    WITH place AS (
      INSERT INTO event_heads AS head (member_id, last_seq)
      SELECT id, 1 FROM unnest(${memberIds}::uuid[]) AS member (id) ORDER BY id
      ON CONFLICT (member_id) DO UPDATE SET last_seq = head.last_seq + 1
      RETURNING member_id, last_seq)
    INSERT INTO member_events
      (member_id, seq, kind, conversation_id, message_id, actor_id, created_at, ends_membership)
    SELECT member_id, last_seq, ${kind}::chat_event_kind, ${conversationId}::uuid, ${messageId}::uuid,
      ${actorId}::uuid, clock_timestamp(), coalesce(member_id = ${leaverId}::uuid, false)
    FROM place`;
  await signalTopicsAfterCommit(tx, memberIds.map(memberEventsOf));
}

/** Of who is a member no more. */
const noneSeen = 2_147_483_647;

/** How far a person's log reaches: the seq of its last event, 0 before the first, and what of its beginning is not kept. */
export interface EventHead {
  lastSeq: number;
  /** The last that is gone for its age, and where that was. */
  pruned: { seq: number; conversationId: string } | null;
}

export async function findEventHead(reader: Reader, memberId: string): Promise<EventHead> {
  const head = await reader.eventHead.findUnique({ where: { memberId } });
  const conversationId = head?.prunedConversationId;
  return {
    lastSeq: Number(head?.lastSeq ?? 0),
    pruned: head && conversationId ? { seq: Number(head.prunedSeq), conversationId } : null,
  };
}

/** The seq of the last event that was written before a moment, 0 when there is none. Times grow with seqs. */
export async function findEventSeqAt(reader: Reader, memberId: string, moment: Date): Promise<number> {
  const event = await reader.memberEvent.findFirst({
    where: { memberId, createdAt: { lt: moment } },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  return Number(event?.seq ?? 0);
}

/**
 * What follows in each person's log, of conversations that they are a member of now, since they came in, and where they have
 * ceased to be one.
 */
export async function listEventsAfter(
  reader: Reader,
  followings: readonly Following<number>[],
  limit: number,
): Promise<MemberEventRow[][]> {
  const rows = await reader.$queryRaw<(Omit<MemberEventRow, 'seq'> & { seq: bigint; nth: number })[]>`
    SELECT following.nth::int AS nth, e.*
    FROM unnest(
      ${followings.map(({ listener }) => listener)}::uuid[],
      ${followings.map(({ after }) => after)}::bigint[]
    ) WITH ORDINALITY AS following (member_id, seq, nth)
    CROSS JOIN LATERAL (
      SELECT e.seq, e.kind, e.conversation_id AS "conversationId", e.message_id AS "messageId", e.actor_id AS "actorId",
        coalesce(m.joined_at_seq, ${noneSeen}) AS "joinedAtSeq"
      FROM member_events e
      LEFT JOIN conversation_members m ON m.conversation_id = e.conversation_id AND m.user_id = e.member_id
        AND m.joined_at <= e.created_at
      WHERE e.member_id = following.member_id AND e.seq > following.seq AND (m.user_id IS NOT NULL OR e.ends_membership)
      ORDER BY e.seq LIMIT ${limit}
    ) AS e
    ORDER BY following.nth, e.seq`;
  return pagesOf(
    followings,
    rows.map((row) => ({ ...row, seq: Number(row.seq) })),
  );
}

/** The logs of all people, each followed from its seqs on. */
export type ChatLog = LogFeed<MemberEventRow, number>;

export const createChatLog = ({ prisma }: Pick<Database<Client>, 'prisma'>, live: Live): ChatLog =>
  createLogFeed({
    live,
    topicOf: memberEventsOf,
    readAfter: (followings, limit) => listEventsAfter(prisma, followings, limit),
    placeOf: ({ seq }) => seq,
  });
