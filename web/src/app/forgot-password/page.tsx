import Link from 'next/link';
import { useTexts } from '#texts';
import { ForgotPasswordForm } from '../../features/session/forgot-password-form.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = titled('session', 'forgottenTitle');

/** Has a link mailed with which one chooses a new password. */
export default function ForgotPasswordPage() {
  const t = useTexts('session');
  return (
    <FormPage
      title={t('forgottenPassword')}
      after={
        <>
          {t('remembered')}{' '}
          <Link href="/sign-in" prefetch={false}>
            {t('signIn')}
          </Link>
        </>
      }
    >
      <ForgotPasswordForm />
    </FormPage>
  );
}
