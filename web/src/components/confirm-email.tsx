'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import type { MailLinkState } from '../actions/mail-link-state.ts';
import { verifyEmail } from '../actions/verify-email.ts';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { FormStatus } from './form-status.tsx';
import { ResendMail } from './resend-mail.tsx';

const GOOD = { done: 'Thank you! Your address is confirmed.', already: 'Your address is confirmed already.' };

const BAD = {
  refused: 'This link is no longer good: it was used before, is too old, or is for another account.',
  incomplete: 'Part of the link is missing. Please follow the one in the mail again.',
};

/** What the link of the mail leads to: a button, since mail scanners follow links but press none. */
export function ConfirmEmail({ hasToken, signedIn }: { hasToken: boolean; signedIn: boolean }) {
  const first: MailLinkState = { outcome: hasToken ? 'waiting' : 'incomplete' };
  const [state, action, pending] = useActionState(verifyEmail, first);
  const { outcome } = state;
  if (outcome === 'done' || outcome === 'already') {
    return (
      <>
        <FormStatus text={GOOD[outcome]} />
        <p>
          <Link href={signedIn ? '/' : '/sign-in'} className="button primary" prefetch={false}>
            {signedIn ? 'To your timeline' : 'Sign in'}
          </Link>
        </p>
      </>
    );
  }
  if (outcome === 'refused' || outcome === 'incomplete') {
    return (
      <div className={styles.form}>
        <FormMessage text={BAD[outcome]} />
        {signedIn ? (
          <ResendMail />
        ) : (
          <p>
            <Link href="/sign-in?to=%2Fsettings%2Faccount" prefetch={false}>
              Sign in
            </Link>{' '}
            to have a new mail sent.
          </p>
        )}
      </div>
    );
  }
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={outcome === 'failed' ? state.message : null} />
      <p>One press, and we know that mail reaches you here.</p>
      <button type="submit" className="button primary wide" disabled={pending}>
        {pending ? 'Confirming…' : 'Confirm this address'}
      </button>
    </form>
  );
}
