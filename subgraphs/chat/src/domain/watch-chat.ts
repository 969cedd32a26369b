import { cursorCodec } from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { durableStream, streamBeginning } from '@socialhub/platform/events/live';
import { requireViewer, type SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import * as z from 'zod';
import type { Client } from '../store/client.ts';
import {
  findEventSeqAt,
  findLastEventSeq,
  listEventsAfter,
  type MemberEventRow,
  topicOf,
} from '../store/member-events.ts';

const place = z.tuple([z.int().min(0)]);

const cursorsOf = (viewerId: string) => cursorCodec('chatEvents', place, { viewerId });

/** The cursor behind an event of the viewer's log; no one else's log takes it. */
export const eventCursor = (viewerId: string, event: MemberEventRow): string =>
  cursorsOf(viewerId).encode([event.seq]);

/**
 * What happens in the viewer's conversations behind the cursor, or from now on, in order, until the viewer leaves.
 * Membership is looked at with every event. Throws UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function watchChat(
  context: Pick<SubgraphContext<Client>, 'viewer' | 'db' | 'live' | 'askedAt' | 'signal'>,
  after: string | null | undefined,
): Promise<AsyncGenerator<MemberEventRow>> {
  const { userId } = requireViewer(context);
  const db = context.db.prisma;
  const start =
    after == null
      ? await findEventSeqAt(db, userId, streamBeginning(context.askedAt))
      : cursorsOf(userId).decode('after', after)[0];
  // It would lie silent until the log had grown up to it.
  if (start > (await findLastEventSeq(db, userId)))
    throw badUserInput('after', 'is not a cursor of this list');
  return durableStream({
    live: context.live,
    topic: topicOf(userId),
    after: start,
    readAfter: (seq, limit) => listEventsAfter(db, userId, seq, limit),
    cursorOf: ({ seq }) => seq,
    signal: context.signal,
  });
}
