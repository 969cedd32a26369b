import { textsNow } from '#texts';
import { formFaults, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { MarkNotificationReadDocument } from './generated/documents.ts';
import { writeUnread } from './unread-count.ts';

/** Marks the one notification as read that the form names; gives a text when it is refused. */
export async function markNotificationRead(send: Send, form: unknown): Promise<string | null> {
  const t = await textsNow('notifications');
  const { faults } = await send(MarkNotificationReadDocument, readFields(form, ['id']), {
    update: (cache, { markNotificationRead: marked }) => marked && writeUnread(cache, marked.unreadCount),
  });
  if (faults.length === 0) return null;
  const { fields, message } = await formFaults(faults, {}, { id: t('notification') });
  return fields.id ?? message;
}
