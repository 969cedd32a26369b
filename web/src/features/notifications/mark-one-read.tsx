'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { useGraph } from '../../graph/live.tsx';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { markNotificationReadAction } from './mark-notification-read.action.ts';
import styles from './notifications.module.css';

interface Unread {
  id: string;
  readAt: string | null;
}

/** Marks one as read without opening it. */
export function MarkOneRead({ id }: Pick<Unread, 'id'>) {
  const t = useTexts('notifications');
  const [fault, action, pending] = useActionState(markNotificationReadAction, null);
  return (
    <form action={action} className={styles.mark}>
      <FormMessage text={fault} />
      <input type="hidden" name="id" value={id} />
      <PendingButton className={styles.markButton} pending={pending}>
        {t('markAsRead')}
      </PendingButton>
    </form>
  );
}

/** Gives what to do when one is opened: it is read then. What fails stays unread, and the page that was opened is shown. */
export function useOpened({ id, readAt }: Unread): () => void {
  const graph = useGraph();
  return () => {
    if (graph && readAt === null) markOpened(graph, id).catch(() => undefined);
  };
}

async function markOpened({ client }: NonNullable<ReturnType<typeof useGraph>>, id: string): Promise<void> {
  const form = new FormData();
  form.set('id', id);
  const [{ markNotificationRead }, { sendBy }] = await Promise.all([
    import('./mark-notification-read.ts'),
    import('../../graph/send-by.ts'),
  ]);
  await markNotificationRead(sendBy(client), form);
}
