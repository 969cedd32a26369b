import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { FormPage } from '../../components/form-page.tsx';
import { PasskeySignIn } from '../../components/passkey-sign-in.tsx';
import { SignInForm } from '../../components/sign-in-form.tsx';
import { currentSession } from '../../session/current-session.ts';
import { safePath } from '../../session/safe-path.ts';

export const metadata: Metadata = { title: 'Sign in' };

const REASONS: Record<string, string> = {
  'new-password': 'Your new password is set. Sign in with it.',
  ended: 'Your session has ended. Please sign in again.',
  'signed-out': 'You are signed out. See you soon!',
};

/** Opens a session. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { to, reason } = await searchParams;
  const target = safePath(to);
  if ((await currentSession()).state === 'signedIn') redirect(target);
  const notice = typeof reason === 'string' && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return (
    <FormPage
      title="Welcome back"
      notice={notice}
      after={
        <>
          New here?{' '}
          <Link href="/sign-up" prefetch={false}>
            Create an account
          </Link>
        </>
      }
    >
      <SignInForm to={target} />
      <PasskeySignIn to={target} />
    </FormPage>
  );
}
