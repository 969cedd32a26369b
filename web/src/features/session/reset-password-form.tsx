'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { resetPassword } from './reset-password.action.ts';

/** The form to which the link of the mail leads; it works without JavaScript too. */
export function ResetPasswordForm({ hasToken }: { hasToken: boolean }) {
  const t = useTexts('session');
  const [state, action, pending] = useActionState(resetPassword, { ...emptyForm, refused: !hasToken });
  const form = useFaultFocus(state);
  if (state.refused) {
    return (
      <div className={styles.form}>
        <FormMessage text={t('linkNoLongerGood')} />
        <p>
          <Link href="/forgot-password" className="button primary" prefetch={false}>
            {t('sendMeNewLink')}
          </Link>
        </p>
      </div>
    );
  }
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <NewPasswordField name="newPassword" label={t('newPassword')} fault={state.fields.newPassword} />
      <p className={styles.hint}>{t('willBeSignedOut')}</p>
      <PendingButton className="button primary wide" pending={pending} waiting={t('saving')}>
        {t('setNewPassword')}
      </PendingButton>
    </form>
  );
}
