'use client';

import type { ReactNode } from 'react';
import { useChange } from '../../graph/use-change.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeGroupAction } from './change-group.action.ts';
import styles from './group.module.css';

const none = { fault: null, done: '' };
const load = async () => {
  const { changeGroup } = await import('./change-group.ts');
  return changeGroup;
};

/** A form that changes a group; it works without JavaScript too. */
export function GroupForm({
  conversationId,
  userId = '',
  intents,
  children,
}: {
  conversationId: string;
  userId?: string;
  /** What its buttons do, and what they are called. */
  intents: { intent: string; label: string; of?: string; isDanger?: boolean }[];
  children?: ReactNode;
}) {
  const { state, pending, form } = useChange(changeGroupAction, none, load);
  return (
    <form {...form} className={styles.form}>
      <input type="hidden" name="conversationId" value={conversationId} />
      <input type="hidden" name="userId" value={userId} />
      {children}
      {intents.map(({ intent, label, of, isDanger }) => (
        <PendingButton
          key={intent}
          name="intent"
          value={intent}
          className={isDanger ? 'button danger' : 'button'}
          pending={pending}
        >
          {label}
          {of && <span className="visually-hidden"> {of}</span>}
        </PendingButton>
      ))}
      <FormMessage text={state.fault} />
      <p role="status" className="visually-hidden">
        {state.done}
      </p>
    </form>
  );
}
