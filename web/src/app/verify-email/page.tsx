import type { Metadata } from 'next';
import { ConfirmEmail } from '../../features/session/confirm-email.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { currentSession } from '../../session/current-session.ts';
import { readMailToken } from '../../session/mail-token.ts';

export const metadata: Metadata = { title: 'Confirm your email address' };

/** Where the mail of a new account leads. */
export default async function VerifyEmailPage() {
  const [token, session] = await Promise.all([readMailToken('/verify-email'), currentSession()]);
  return (
    <FormPage title="Confirm your email address">
      <ConfirmEmail hasToken={token !== null} signedIn={session.state === 'signedIn'} />
    </FormPage>
  );
}
