import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../context.ts';
import { listNotifications, type NotificationRow } from '../store/notifications.ts';
import { findRecipient } from '../store/recipients.ts';

const placeOf = (row: NotificationRow): [Date, string] => [row.updatedAt, row.id];

interface ListArgs {
  first?: number | null;
  after?: string | null;
  unreadOnly?: boolean | null;
}

/** A page of the viewer's notifications, and how many of all are unread. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function notifications(context: Context, args: ListArgs) {
  const { userId } = requireViewer(context);
  const unreadOnly = args.unreadOnly ?? false;
  const cursors = cursorCodec('notifications', timeAndId, { viewerId: userId, of: { unreadOnly } });
  const page = pageRequest(args, cursors);
  const [rows, { unreadCount }] = await Promise.all([
    listNotifications(context.db.prisma, userId, unreadOnly, page),
    findRecipient(context.db.prisma, userId),
  ]);
  return { ...toConnection(rows, page, placeOf, cursors), unreadCount };
}
