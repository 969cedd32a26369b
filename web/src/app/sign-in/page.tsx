import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { languageNow, textsNow } from '#texts';
import { ForgetKept } from '../../browser-store/forget-kept.tsx';
import { FormPage } from '../../features/session/form-page.tsx';
import { PasskeySignIn } from '../../features/session/passkey-sign-in.tsx';
import { SignInForm } from '../../features/session/sign-in-form.tsx';
import { currentSession } from '../../session/current-session.ts';
import { safePath } from '../../session/safe-path.ts';
import { day } from '../../text/when.ts';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await textsNow('session'))('signIn'),
});

const REASONS = {
  'new-password': 'newPasswordSet',
  deactivated: 'deactivated',
  ended: 'ended',
  'signed-out': 'signedOut',
} as const;

/** Whoever came by one of these has left this browser for good, as far as one can tell. */
const LEFT = new Set<unknown>(['signed-out', 'deactivated', 'deleted']);

// A day comes from the address, where anybody may have written it.
async function noticeOf(reason: unknown, after: unknown): Promise<string | undefined> {
  const t = await textsNow('session');
  if (typeof reason !== 'string') return undefined;
  if (reason === 'deleted') {
    const isDay = typeof after === 'string' && /^\d{4}-\d\d-\d\d$/.test(after);
    if (!isDay || Number.isNaN(Date.parse(after))) return t('deleted');
    const wording = { language: await languageNow(), t: await textsNow('ui') };
    return t('deletedAfter', { day: day(after, wording) });
  }
  return Object.hasOwn(REASONS, reason) ? t(REASONS[reason as keyof typeof REASONS]) : undefined;
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
  const t = await textsNow('session');
  // Of a page that is for members, which nobody, or nobody any more, is in this browser.
  const sentHere = target === '/' ? undefined : t('sentHere');
  return (
    <FormPage
      title={t('welcomeBack')}
      notice={(await noticeOf(reason, after)) ?? sentHere}
      after={
        <>
          {t('newHere')}{' '}
          <Link href="/sign-up" prefetch={false}>
            {t('createAccount')}
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
