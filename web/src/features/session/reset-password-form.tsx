'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { emptyForm } from '../../forms/form-state.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { resetPassword } from './reset-password.action.ts';

/** The form to which the link of the mail leads; it works without JavaScript too. */
export function ResetPasswordForm({ hasToken }: { hasToken: boolean }) {
  const [state, action, pending] = useActionState(resetPassword, { ...emptyForm, refused: !hasToken });
  const form = useFaultFocus(state);
  if (state.refused) {
    return (
      <div className={styles.form}>
        <FormMessage text="This link is no longer good: it was used before, is too old, or a part of it is missing." />
        <p>
          <Link href="/forgot-password" className="button primary" prefetch={false}>
            Send me a new link
          </Link>
        </p>
      </div>
    );
  }
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <NewPasswordField name="newPassword" label="New password" fault={state.fields.newPassword} />
      <p className={styles.hint}>You will be signed out everywhere, and sign in again with the new one.</p>
      <PendingButton className="button primary wide" pending={pending} waiting="Saving…">
        Set the new password
      </PendingButton>
    </form>
  );
}
