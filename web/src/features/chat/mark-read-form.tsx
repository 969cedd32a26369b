'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { markConversationRead } from './mark-conversation-read.action.ts';

/** Marks what is shown as read; for pages without a script, for others do so when it is seen. */
export function MarkReadForm({ conversationId, upToSeq }: { conversationId: string; upToSeq: number }) {
  const t = useTexts('chat');
  const [fault, action, pending] = useActionState(markConversationRead, null);
  return (
    <form action={action}>
      <FormMessage text={fault} />
      <input type="hidden" name="conversationId" value={conversationId} />
      <input type="hidden" name="upToSeq" value={upToSeq} />
      <PendingButton className="button quiet" pending={pending}>
        {t('markAsRead')}
      </PendingButton>
    </form>
  );
}
