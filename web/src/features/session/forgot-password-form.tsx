'use client';

import { useActionState } from 'react';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { requestPasswordReset } from './request-password-reset.action.ts';

/** The form that has a link mailed; it works without JavaScript too, and says the same to everybody. */
export function ForgotPasswordForm() {
  const [state, action, pending] = useActionState(requestPasswordReset, { ...emptyForm, done: false });
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <FormStatus
        text={
          state.done
            ? `If ${state.values.email} belongs to an account, a mail with a link is on its way. The link is good for 30 minutes.`
            : null
        }
      />
      <Field
        name="email"
        label="Email"
        type="email"
        inputMode="email"
        autoComplete="email"
        value={state.values.email}
        fault={state.fields.email}
        hint="The address that you signed up with."
      />
      <PendingButton className="button primary wide" pending={pending} waiting="Sending…">
        {state.done ? 'Send it again' : 'Send me a link'}
      </PendingButton>
    </form>
  );
}
