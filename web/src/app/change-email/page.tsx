import { textsNow } from '#texts';
import { ConfirmEmailChange } from '../../features/session/confirm-email-change.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { titled } from '../../i18n/titled.ts';
import { readMailToken } from '../../session/mail-token.ts';

export const generateMetadata = titled('session', 'confirmNewAddress');

/** Where both mails about a change of address lead. */
export default async function ChangeEmailPage() {
  const t = await textsNow('session');
  return (
    <FormPage title={t('confirmNewAddress')}>
      <ConfirmEmailChange hasToken={(await readMailToken('/change-email')) !== null} />
    </FormPage>
  );
}
