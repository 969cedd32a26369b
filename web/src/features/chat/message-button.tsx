'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { startConversation } from './start-conversation.action.ts';

/** Opens the conversation with somebody, which it starts where there is none. */
export function MessageButton({ userId }: { userId: string }) {
  const t = useTexts('chat');
  const [fault, action, pending] = useActionState(startConversation, null);
  return (
    <form action={action}>
      <FormMessage text={fault} />
      <input type="hidden" name="memberId" value={userId} />
      <PendingButton className="button" pending={pending}>
        {t('messageField')}
      </PendingButton>
    </form>
  );
}
