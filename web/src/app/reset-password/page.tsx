import type { Metadata } from 'next';
import { FormPage } from '../../features/session/form-page.tsx';
import { ResetPasswordForm } from '../../features/session/reset-password-form.tsx';
import { readMailToken } from '../../session/mail-token.ts';

export const metadata: Metadata = { title: 'Choose a new password' };

/** Where the mail about a forgotten password leads. */
export default async function ResetPasswordPage() {
  return (
    <FormPage title="Choose a new password">
      <ResetPasswordForm hasToken={(await readMailToken('/reset-password')) !== null} />
    </FormPage>
  );
}
