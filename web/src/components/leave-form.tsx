'use client';

import { useActionState } from 'react';
import { emptyForm, type FormState } from '../actions/form-state.ts';
import { Field } from './field.tsx';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { useFaultFocus } from './use-fault-focus.ts';

/** A form for what takes the password and ends every session; it works without JavaScript too. */
export function LeaveForm({
  scope,
  leave,
  label,
}: {
  scope: string;
  leave: (before: FormState, data: FormData) => Promise<FormState>;
  label: string;
}) {
  const [state, action, pending] = useActionState(leave, emptyForm);
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <Field
        name="password"
        scope={scope}
        label="Password"
        type="password"
        autoComplete="current-password"
        fault={state.fields.password}
      />
      <p>
        <button type="submit" className="button danger" disabled={pending}>
          {pending ? 'One moment…' : label}
        </button>
      </p>
    </form>
  );
}
