'use client';

import { useActionState } from 'react';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { requestEmailVerification, type SentState } from './request-email-verification.action.ts';

function statusOf({ sent }: SentState): string | null {
  if (sent === null) return 'Your address is confirmed already.';
  return sent > 0 ? 'A mail is on its way. If it does not arrive, look among your spam.' : null;
}

/** Sends the mail with the link once more; it works without JavaScript too. */
export function ResendMail() {
  const [state, action, pending] = useActionState(requestEmailVerification, { sent: 0, fault: null });
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={state.fault} />
      <FormStatus text={statusOf(state)} />
      <p>
        <PendingButton className="button" pending={pending} waiting="Sending…">
          Send the mail again
        </PendingButton>
      </p>
    </form>
  );
}
