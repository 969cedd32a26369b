'use client';

import { useActionState } from 'react';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { signUp } from './sign-up.action.ts';

/** The form that makes an account; it works without JavaScript too. */
export function SignUpForm() {
  const [state, action, pending] = useActionState(signUp, emptyForm);
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <Field
        name="displayName"
        label="Name"
        optional
        autoComplete="name"
        value={state.values.displayName}
        fault={state.fields.displayName}
        hint="How people see you; your username if you leave it empty."
      />
      <Field
        name="username"
        label="Username"
        autoComplete="username"
        value={state.values.username}
        fault={state.fields.username}
        hint="3 to 30 letters, digits and underscores. People mention you with it."
      />
      <Field
        name="email"
        label="Email"
        type="email"
        inputMode="email"
        autoComplete="email"
        value={state.values.email}
        fault={state.fields.email}
        hint="Only you can see it."
      />
      <NewPasswordField name="password" label="Password" fault={state.fields.password} />
      <PendingButton className="button primary wide" pending={pending} waiting="Creating your account…">
        Create account
      </PendingButton>
    </form>
  );
}
