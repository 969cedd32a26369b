'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeGroupAction } from './change-group.action.ts';

const none = { fault: null, done: '' };

/** Leaves a group. The server leads on to the list: what is live here tells that one is out, and takes the form away. */
export function LeaveForm({ conversationId }: { conversationId: string }) {
  const t = useTexts('chat');
  const [state, action, pending] = useActionState(changeGroupAction, none);
  return (
    <form action={action}>
      <input type="hidden" name="conversationId" value={conversationId} />
      <PendingButton name="intent" value="leave" className="button danger" pending={pending}>
        {t('leaveGroup')}
      </PendingButton>
      <FormMessage text={state.fault} />
    </form>
  );
}
