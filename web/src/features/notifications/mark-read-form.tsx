'use client';

import { useActionState } from 'react';
import { markNotificationsRead } from '../../actions/mark-notifications-read.ts';
import { FormMessage } from '../../components/form-message.tsx';
import { PendingButton } from '../../components/pending-button.tsx';
import { useLive } from '../../graph/use-live.ts';

/** Marks all as read, up to the newest that the page shows; a live page has done so when it was seen. */
export function MarkReadForm({ unread, newest }: { unread: number; newest: string }) {
  const [fault, action, pending] = useActionState(markNotificationsRead, null);
  const left = useLive(unread, async () => (await import('./live-notifications.ts')).watchUnread);
  if (left === 0) return null;
  return (
    <form action={action}>
      <FormMessage text={fault} />
      <input type="hidden" name="upTo" value={newest} />
      <PendingButton className="button" pending={pending}>
        Mark all as read
      </PendingButton>
    </form>
  );
}
