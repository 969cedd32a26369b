'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { useLive } from '../../graph/use-live.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { markNotificationsRead } from './mark-notifications-read.action.ts';

/** Marks all as read, up to the newest that the page shows; a live page has done so when it was seen. */
export function MarkReadForm({ unread, newest }: { unread: number; newest: string }) {
  const t = useTexts('notifications');
  const [fault, action, pending] = useActionState(markNotificationsRead, null);
  const left = useLive(unread, async () => (await import('./live-notifications.ts')).watchUnread);
  if (left === 0) return null;
  return (
    <form action={action}>
      <FormMessage text={fault} />
      <input type="hidden" name="upTo" value={newest} />
      <PendingButton className="button" pending={pending}>
        {t('markAllAsRead')}
      </PendingButton>
    </form>
  );
}
