import type { Metadata } from 'next';
import Link from 'next/link';
import { ForgotPasswordForm } from '../../features/session/forgot-password-form.tsx';
import { FormPage } from '../../features/session/form-page.tsx';

export const metadata: Metadata = { title: 'Forgotten password' };

/** Has a link mailed with which one chooses a new password. */
export default function ForgotPasswordPage() {
  return (
    <FormPage
      title="Forgotten your password?"
      after={
        <>
          Remembered it?{' '}
          <Link href="/sign-in" prefetch={false}>
            Sign in
          </Link>
        </>
      }
    >
      <ForgotPasswordForm />
    </FormPage>
  );
}
