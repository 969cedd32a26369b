'use client';

import { useActionState } from 'react';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { changeEmail } from './change-email.action.ts';
import type { PendingEmailChangeFragment } from './generated/documents.ts';
import { CodeField } from './owners-proof.tsx';
import look from './settings.module.css';

const DONE = {
  asked: 'Two mails are on their way. Follow the link in each of them within 24 hours.',
  cancelled: 'Your address stays as it is.',
};

const missing = ({ oldConfirmed, newConfirmed }: PendingEmailChangeFragment): string => {
  if (oldConfirmed) return 'It waits for the link that was mailed to the new address.';
  if (newConfirmed) return 'It waits for the link that was mailed to your present address.';
  return 'It waits for the links that were mailed to both addresses.';
};

/** The way to another address; it works without JavaScript too. */
export function ChangeEmailForm({
  pendingChange,
  withCode,
}: {
  pendingChange: PendingEmailChangeFragment | null;
  withCode: boolean;
}) {
  const [state, action, pending] = useActionState(changeEmail, { ...emptyForm, done: null });
  const form = useFaultFocus(state);
  return (
    <>
      <FormStatus text={state.done && DONE[state.done]} />
      {pendingChange && (
        <form action={action} className={look.pending}>
          <p>
            You have asked to change it to <bdi className={look.address}>{pendingChange.newEmail}</bdi>.{' '}
            {missing(pendingChange)}
          </p>
          <PendingButton name="intent" value="cancel" className="button" pending={pending}>
            Keep the present address
          </PendingButton>
        </form>
      )}
      <details className={look.more} open={state.message !== null || Object.keys(state.fields).length > 0}>
        <summary>Change the address</summary>
        <form ref={form} action={action} className={styles.form}>
          <FormMessage text={state.message} />
          <Field
            name="newEmail"
            label="New address"
            type="email"
            inputMode="email"
            autoComplete="email"
            value={state.values.newEmail}
            fault={state.fields.newEmail}
            hint="We mail a link to it, and one to your present address: both must be followed."
          />
          <Field
            name="currentPassword"
            scope="change-email"
            label="Password"
            type="password"
            autoComplete="current-password"
            fault={state.fields.currentPassword}
          />
          {withCode && <CodeField state={state} scope="change-email" />}
          <label className={look.check}>
            <input type="checkbox" name="endOtherSessions" value="yes" defaultChecked />
            Sign out my other devices when it has changed
          </label>
          <p>
            <PendingButton className="button primary" pending={pending} waiting="Sending…">
              Send the two mails
            </PendingButton>
          </p>
        </form>
      </details>
    </>
  );
}
