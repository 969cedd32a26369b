'use client';

import { useActionState } from 'react';
import { changePassword } from '../actions/change-password.ts';
import { emptyForm } from '../actions/form-state.ts';
import { Field } from './field.tsx';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { FormStatus } from './form-status.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { CodeField } from './owners-proof.tsx';
import { PendingButton } from './pending-button.tsx';
import { useFaultFocus } from './use-fault-focus.ts';

/** The form that changes the password of the signed-in person; it works without JavaScript too. */
export function ChangePasswordForm({ withCode }: { withCode: boolean }) {
  const [state, action, pending] = useActionState(changePassword, { ...emptyForm, changed: 0 });
  const form = useFaultFocus(state);
  const done = state.changed > 0 && state.message === null && Object.keys(state.fields).length === 0;
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <FormStatus text={done ? 'Your password is changed, and your other devices are signed out.' : null} />
      <Field
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        fault={state.fields.currentPassword}
      />
      <NewPasswordField name="newPassword" label="New password" fault={state.fields.newPassword} />
      {withCode && <CodeField state={state} scope="change-password" />}
      <p>
        <PendingButton className="button primary" pending={pending} waiting="Changing…">
          Change password
        </PendingButton>
      </p>
    </form>
  );
}
