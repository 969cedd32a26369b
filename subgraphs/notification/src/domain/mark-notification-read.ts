import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../store/client.ts';
import { listOwnNotifications, type NotificationRow, updateRead } from '../store/notifications.ts';
import { findRecipient } from '../store/recipients.ts';

interface Marked {
  notification: NotificationRow;
  unreadCount: number;
}

/**
 * Marks one of the viewer's notifications as read, which all who listen for them are told; one that was read stays as it is.
 * Throws NOT_FOUND.
 */
export async function markNotificationRead(tx: Tx, viewer: Viewer, id: string): Promise<Marked> {
  await updateRead(tx, viewer.userId, id);
  const [notification] = await listOwnNotifications(tx, [{ viewer, id }]);
  if (!notification) throw notFound('Notification');
  const { unreadCount } = await findRecipient(tx, viewer.userId);
  return { notification, unreadCount };
}
