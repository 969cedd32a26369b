'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
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
  const t = useTexts('session');
  const [state, action, pending] = useActionState(requestPasswordReset, { ...emptyForm, done: false });
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <FormStatus text={state.done ? t('resetMailSent', { email: state.values.email ?? '' }) : null} />
      <Field
        name="email"
        label={t('email')}
        type="email"
        inputMode="email"
        autoComplete="email"
        value={state.values.email}
        fault={state.fields.email}
        hint={t('addressSignedUpWith')}
      />
      <PendingButton className="button primary wide" pending={pending} waiting={t('sending')}>
        {state.done ? t('sendAgain') : t('sendMeLink')}
      </PendingButton>
    </form>
  );
}
