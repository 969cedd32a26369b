import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { FormPage } from '../../features/session/form-page.tsx';
import { SignUpForm } from '../../features/session/sign-up-form.tsx';
import { currentSession } from '../../session/current-session.ts';

export const metadata: Metadata = { title: 'Sign up' };

/** Makes an account. */
export default async function SignUpPage() {
  if ((await currentSession()).state === 'signedIn') redirect('/');
  return (
    <FormPage
      title="Create your account"
      after={
        <>
          Have one already?{' '}
          <Link href="/sign-in" prefetch={false}>
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm />
    </FormPage>
  );
}
