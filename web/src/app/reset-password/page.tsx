import { textsNow } from '#texts';
import { FormPage } from '../../features/session/form-page.tsx';
import { ResetPasswordForm } from '../../features/session/reset-password-form.tsx';
import { titled } from '../../i18n/titled.ts';
import { readMailToken } from '../../session/mail-token.ts';

export const generateMetadata = titled('session', 'chooseNewPassword');

/** Where the mail about a forgotten password leads. */
export default async function ResetPasswordPage() {
  const t = await textsNow('session');
  return (
    <FormPage title={t('chooseNewPassword')}>
      <ResetPasswordForm hasToken={(await readMailToken('/reset-password')) !== null} />
    </FormPage>
  );
}
