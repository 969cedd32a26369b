import { cursorCodec, readableTime } from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { streamBeginning } from '@socialhub/platform/events/live';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { PostRow } from '../../store/posts/posts.ts';
import {
  findNextTransaction,
  type LogEntry,
  type LogPlace,
  maxAhead,
  placeAt,
  type Written,
} from '../../store/timelines/home-timeline-log.ts';

const keptMs = 24 * 3_600_000;
const written = z.tuple([z.string().regex(/^\d{1,18}$/), z.guid()]);
/** A LogPlace, in JSON. */
const place = z.tuple([readableTime, written, z.array(written).max(maxAhead)]);

interface HomeTimelineEvent {
  cursor: string;
  post: PostRow;
}

/**
 * Posts as they enter the viewer's home timeline behind the cursor, or from now on, until the viewer leaves. Of what is
 * older than 24 hours nothing comes. A cursor is good for the viewer who got it alone. Throws UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function watchHomeTimeline(
  context: Context,
  after: string | null | undefined,
): Promise<AsyncGenerator<{ homeTimelineEvents: HomeTimelineEvent }>> {
  const { userId } = requireViewer(context);
  const cursors = cursorCodec('homeTimelineEvents', place, { viewerId: userId });
  const start =
    after == null ? placeAt(streamBeginning(context.askedAt)) : placeOf(cursors.decode('after', after));
  // It would lie silent until the transactions had come so far: it is another cluster's, from before a restore.
  if (start.writtenBy > (await findNextTransaction(context.db.prisma)))
    throw badUserInput('after', 'is not a cursor of this list');
  const log = context.homeLog.follow({ listener: userId, after: start, signal: context.signal });
  return events(log, (entry) => cursors.encode(tupleOf(entry.place)));
}

const tupleOf = ({ since, ahead, ...behind }: LogPlace): z.infer<typeof place> => {
  const pairOf = ({ writtenBy, id }: Written): z.infer<typeof written> => [String(writtenBy), id];
  return [since, pairOf(behind), ahead.map(pairOf)];
};

/** Nothing comes of what is older than is kept. */
function placeOf([since, behind, ahead]: z.infer<typeof place>): LogPlace {
  const writtenOf = ([writtenBy, id]: z.infer<typeof written>): Written => ({
    writtenBy: BigInt(writtenBy),
    id,
  });
  const kept = new Date(Math.max(since.getTime(), Date.now() - keptMs));
  return { since: kept, ...writtenOf(behind), ahead: ahead.map(writtenOf) };
}

async function* events(log: AsyncGenerator<LogEntry>, cursorOf: (entry: LogEntry) => string) {
  for await (const entry of log) yield { homeTimelineEvents: { cursor: cursorOf(entry), post: entry.post } };
}
