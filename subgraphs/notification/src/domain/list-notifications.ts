import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../context.ts';
import { listNotifications, type NotificationRow } from '../store/notifications.ts';
import { findRecipient } from '../store/recipients.ts';

const placeOf = (row: NotificationRow): [Date, string] => [row.updatedAt, row.id];

interface ListArgs {
  first?: number | null;
  after?: string | null;
  unreadOnly?: boolean | null;
  types?: readonly NotificationRow['type'][] | null;
}

/** A page of the viewer's notifications, and how many of all are unread. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function notifications(context: Context, args: ListArgs) {
  const { userId } = requireViewer(context);
  const unreadOnly = args.unreadOnly ?? false;
  if (args.types?.length === 0) throw badUserInput('types', 'has to name at least one');
  const types = args.types ? [...new Set(args.types)].sort() : null;
  const of = { unreadOnly, ...(types && { types: types.join(' ') }) };
  const cursors = cursorCodec('notifications', timeAndId, { viewerId: userId, of });
  const page = pageRequest(args, cursors);
  const [rows, { unreadCount }] = await Promise.all([
    listNotifications(context.db.prisma, userId, { unreadOnly, types }, page),
    findRecipient(context.db.prisma, userId),
  ]);
  return { ...toConnection(rows, page, placeOf, cursors), unreadCount };
}
