import { cursorCodec } from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { streamBeginning } from '@socialhub/platform/events/live';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { findEventHead, findEventSeqAt, type MemberEventRow } from '../../store/events/member-events.ts';
import type { Loaders } from '../../store/loaders.ts';
import type { MessageRow } from '../../store/messages/messages.ts';

const place = z.tuple([z.int().min(0)]);

const cursorsOf = (viewerId: string) => cursorCodec('chatEvents', place, { viewerId });

/** What a device hears: an event of its person's log, or that the log does not reach back to where it goes on. */
export type ChatEventRow =
  | MemberEventRow
  | (Omit<MemberEventRow, 'kind' | 'actorId'> & { kind: 'GAP'; actorId: null });

/** The cursor behind an event of the viewer's log; no one else's log takes it. */
export const eventCursor = (viewerId: string, event: ChatEventRow): string =>
  cursorsOf(viewerId).encode([event.seq]);

/** The message that an event is about; null for one from before its reader came in. Whether they are a member was asked with it. */
export async function findEventMessage(
  loaders: Loaders,
  { messageId, joinedAtSeq }: ChatEventRow,
): Promise<MessageRow | null> {
  const message = messageId === null ? null : await loaders.message.load(messageId);
  return message && message.seq > joinedAtSeq ? message : null;
}

/**
 * What happens in the viewer's conversations behind the cursor, or from now on, in order, until the viewer leaves.
 * Membership is looked at with every event. A cursor from before what is kept is told as a gap, and the stream goes on behind it.
 * Throws UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function watchChat(
  context: Pick<Context, 'viewer' | 'db' | 'chatLog' | 'askedAt' | 'signal'>,
  after: string | null | undefined,
): Promise<AsyncGenerator<ChatEventRow>> {
  const { userId } = requireViewer(context);
  const db = context.db.prisma;
  const followFrom = (seq: number) =>
    context.chatLog.follow({ listener: userId, after: seq, signal: context.signal });
  const start =
    after == null
      ? await findEventSeqAt(db, userId, streamBeginning(context.askedAt))
      : cursorsOf(userId).decode('after', after)[0];
  const { lastSeq, pruned } = await findEventHead(db, userId);
  // It would lie silent until the log had grown up to it.
  if (start > lastSeq) throw badUserInput('after', 'is not a cursor of this list');
  if (after == null || !pruned || start >= pruned.seq) return followFrom(start);
  return behindGap(
    { ...pruned, kind: 'GAP', messageId: null, actorId: null, joinedAtSeq: 0 },
    followFrom(pruned.seq),
  );
}

async function* behindGap(gap: ChatEventRow, log: AsyncGenerator<ChatEventRow>) {
  yield gap;
  yield* log;
}
