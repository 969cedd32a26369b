'use client';

import { useActionState } from 'react';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import styles from './chat.module.css';
import { startConversation } from './start-conversation.action.ts';

/** Opens the conversation with somebody, which it starts where there is none. */
export function MessageButton({ userId }: { userId: string }) {
  const [fault, action, pending] = useActionState(startConversation, null);
  return (
    <form action={action} className={styles.messageButton}>
      <FormMessage text={fault} />
      <input type="hidden" name="memberId" value={userId} />
      <PendingButton className="button" pending={pending}>
        Message
      </PendingButton>
    </form>
  );
}
