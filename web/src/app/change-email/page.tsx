import type { Metadata } from 'next';
import { ConfirmEmailChange } from '../../components/confirm-email-change.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { readMailToken } from '../../session/mail-token.ts';

export const metadata: Metadata = { title: 'Change your email address' };

/** Where the two mails of a change of address lead. */
export default async function ChangeEmailPage() {
  const token = await readMailToken('/change-email');
  return (
    <FormPage title="Change your email address">
      <ConfirmEmailChange hasToken={token !== null} />
    </FormPage>
  );
}
