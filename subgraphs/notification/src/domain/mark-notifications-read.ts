import { notFound } from '@socialhub/platform/errors';
import type { Tx } from '../store/client.ts';
import { updateReadUpTo } from '../store/notifications.ts';

/** Marks one of the viewer's notifications and all behind it in the list as read; gives how many are unread then. */
export async function markNotificationsRead(tx: Tx, viewerId: string, upTo: string): Promise<number> {
  const unreadCount = await updateReadUpTo(tx, viewerId, upTo);
  if (unreadCount === null) throw notFound('Notification');
  return unreadCount;
}
