import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ForgetKept } from '../../browser-store/forget-kept.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { PasskeySignIn } from '../../features/session/passkey-sign-in.tsx';
import { SignInForm } from '../../features/session/sign-in-form.tsx';
import { currentSession } from '../../session/current-session.ts';
import { safePath } from '../../session/safe-path.ts';
import { day } from '../../text/when.ts';

export const metadata: Metadata = { title: 'Sign in' };

const REASONS: Record<string, string> = {
  'new-password': 'Your new password is set. Sign in with it.',
  deactivated: 'Your account is deactivated. Sign in whenever you want to come back.',
  ended: 'Your session has ended. Please sign in again.',
  'signed-out': 'You are signed out. See you soon!',
};

/** Whoever came by one of these has left this browser for good, as far as one can tell. */
const LEFT = new Set<unknown>(['signed-out', 'deactivated', 'deleted']);
/** Of a page that is for members, which nobody, or nobody any more, is in this browser. */
const SENT_HERE = 'You are signed out. Sign in, and you come to the page that you wanted.';

// A day comes from the address, where anybody may have written it.
function noticeOf(reason: unknown, after: unknown): string | undefined {
  if (typeof reason !== 'string') return undefined;
  if (reason === 'deleted') {
    const isDay = typeof after === 'string' && /^\d{4}-\d\d-\d\d$/.test(after);
    const until = isDay && !Number.isNaN(Date.parse(after)) ? ` after ${day(after)}` : '';
    return `Your account is hidden now, and will be erased${until}. Sign in before then to keep it.`;
  }
  return Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
}

/** Opens a session. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { to, reason, after } = await searchParams;
  const target = safePath(to);
  if ((await currentSession()).state === 'signedIn') redirect(target);
  return (
    <FormPage
      title="Welcome back"
      notice={noticeOf(reason, after) ?? (target === '/' ? undefined : SENT_HERE)}
      after={
        <>
          New here?{' '}
          <Link href="/sign-up" prefetch={false}>
            Create an account
          </Link>
        </>
      }
    >
      {LEFT.has(reason) && <ForgetKept />}
      <SignInForm to={target} />
      <PasskeySignIn to={target} />
    </FormPage>
  );
}
