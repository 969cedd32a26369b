import { cursorCodec } from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { streamBeginning } from '@socialhub/platform/events/live';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { findChangeSeqAt, type LogEntry } from '../store/notifications.ts';
import { findRecipient } from '../store/recipients.ts';

const logPlace = z.tuple([z.int().min(0)]);

interface NotificationEvent {
  cursor: string;
  notification: LogEntry;
  unreadCount: number;
}

/**
 * What happens to the viewer after the cursor, or from now on, in order, until the viewer leaves. A cursor is good
 * for the viewer who got it alone. Throws UNAUTHENTICATED, BAD_USER_INPUT.
 */
export async function watchNotifications(
  context: Pick<Context, 'viewer' | 'db' | 'notificationLog' | 'askedAt' | 'signal'>,
  after: string | null | undefined,
): Promise<AsyncGenerator<{ notificationReceived: NotificationEvent }>> {
  const { userId } = requireViewer(context);
  const cursors = cursorCodec('notificationReceived', logPlace, { viewerId: userId });
  const db = context.db.prisma;
  const start =
    after == null
      ? await findChangeSeqAt(db, userId, streamBeginning(context.askedAt))
      : cursors.decode('after', after)[0];
  // It would lie silent until the log had grown up to it. Read after where it begins: the log grows meanwhile.
  if (start > (await findRecipient(db, userId)).changeSeq)
    throw badUserInput('after', 'is not a cursor of this list');
  const log = context.notificationLog.follow({ listener: userId, after: start, signal: context.signal });
  return events(log, (entry) => cursors.encode([entry.changeSeq]));
}

async function* events(log: AsyncGenerator<LogEntry>, cursorOf: (entry: LogEntry) => string) {
  for await (const notification of log) {
    const { unreadCount } = notification;
    yield { notificationReceived: { cursor: cursorOf(notification), notification, unreadCount } };
  }
}
