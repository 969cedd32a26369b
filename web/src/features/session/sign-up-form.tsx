'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
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
  const t = useTexts('session');
  const [state, action, pending] = useActionState(signUp, emptyForm);
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <Field
        name="displayName"
        label={t('name')}
        optional
        autoComplete="name"
        value={state.values.displayName}
        fault={state.fields.displayName}
        hint={t('nameHint')}
      />
      <Field
        name="username"
        label={t('username')}
        autoComplete="username"
        value={state.values.username}
        fault={state.fields.username}
        hint={t('usernameHint')}
      />
      <Field
        name="email"
        label={t('email')}
        type="email"
        inputMode="email"
        autoComplete="email"
        value={state.values.email}
        fault={state.fields.email}
        hint={t('onlyCanSee')}
      />
      <NewPasswordField name="password" label={t('password')} fault={state.fields.password} />
      <PendingButton className="button primary wide" pending={pending} waiting={t('creatingAccount')}>
        {t('create')}
      </PendingButton>
    </form>
  );
}
