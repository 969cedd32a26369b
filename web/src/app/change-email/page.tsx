import type { Metadata } from 'next';
import { ConfirmEmailChange } from '../../features/session/confirm-email-change.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { readMailToken } from '../../session/mail-token.ts';

export const metadata: Metadata = { title: 'Confirm a new address' };

/** Where both mails about a change of address lead. */
export default async function ChangeEmailPage() {
  return (
    <FormPage title="Confirm a new address">
      <ConfirmEmailChange hasToken={(await readMailToken('/change-email')) !== null} />
    </FormPage>
  );
}
