import Link from 'next/link';
import { redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { FormPage } from '../../features/session/form-page.tsx';
import { SignUpForm } from '../../features/session/sign-up-form.tsx';
import { titled } from '../../i18n/titled.ts';
import { currentSession } from '../../session/current-session.ts';

export const generateMetadata = titled('session', 'signUp');

/** Makes an account. */
export default async function SignUpPage() {
  const t = await textsNow('session');
  if ((await currentSession()).state === 'signedIn') redirect('/');
  return (
    <FormPage
      title={t('createYours')}
      after={
        <>
          {t('haveOneAlready')}{' '}
          <Link href="/sign-in" prefetch={false}>
            {t('signIn')}
          </Link>
        </>
      }
    >
      <SignUpForm />
    </FormPage>
  );
}
