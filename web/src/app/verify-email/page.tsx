import { textsNow } from '#texts';
import { ConfirmEmail } from '../../features/session/confirm-email.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { titled } from '../../i18n/titled.ts';
import { currentSession } from '../../session/current-session.ts';
import { readMailToken } from '../../session/mail-token.ts';

export const generateMetadata = titled('session', 'confirmEmailAddress');

/** Where the mail of a new account leads. */
export default async function VerifyEmailPage() {
  const t = await textsNow('session');
  const [token, session] = await Promise.all([readMailToken('/verify-email'), currentSession()]);
  return (
    <FormPage title={t('confirmEmailAddress')}>
      <ConfirmEmail hasToken={token !== null} signedIn={session.state === 'signedIn'} />
    </FormPage>
  );
}
