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
import { NewPasswordField } from '../session/new-password-field.tsx';
import { changePassword } from './change-password.action.ts';
import { CodeField } from './owners-proof.tsx';

/** The form that changes the password of the signed-in person; it works without JavaScript too. */
export function ChangePasswordForm({ withCode }: { withCode: boolean }) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(changePassword, { ...emptyForm, changed: 0 });
  const form = useFaultFocus(state);
  const done = state.changed > 0 && state.message === null && Object.keys(state.fields).length === 0;
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <FormStatus text={done ? t('passwordChangedOtherDevices') : null} />
      <Field
        name="currentPassword"
        label={t('currentPassword')}
        type="password"
        autoComplete="current-password"
        fault={state.fields.currentPassword}
      />
      <NewPasswordField name="newPassword" label={t('newPassword')} fault={state.fields.newPassword} />
      {withCode && <CodeField state={state} scope="change-password" />}
      <p>
        <PendingButton className="button primary" pending={pending} waiting={t('changing')}>
          {t('changePassword')}
        </PendingButton>
      </p>
    </form>
  );
}
