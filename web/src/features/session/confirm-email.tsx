'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { MailLinkForm } from './mail-link-form.tsx';
import { ResendMail } from './resend-mail.tsx';
import { verifyEmail } from './verify-email.action.ts';

const DONE = { done: 'Thank you! Your address is confirmed.', already: 'Your address is confirmed already.' };

/** Confirms the address of an account; it works without JavaScript too. */
export function ConfirmEmail({ hasToken, signedIn }: { hasToken: boolean; signedIn: boolean }) {
  const [state, action, pending] = useActionState(verifyEmail, {
    outcome: hasToken ? 'waiting' : 'incomplete',
  });
  return (
    <MailLinkForm
      state={state}
      action={action}
      pending={pending}
      lead="One press, and we know that mail reaches you here."
      label="Confirm this address"
      done={DONE}
      next={
        <p>
          <Link href={signedIn ? '/' : '/sign-in'} className="button primary" prefetch={false}>
            {signedIn ? 'To your timeline' : 'Sign in'}
          </Link>
        </p>
      }
      instead={
        signedIn ? (
          <ResendMail />
        ) : (
          <p>
            <Link href="/sign-in?to=%2Fsettings%2Faccount" prefetch={false}>
              Sign in
            </Link>{' '}
            to have a new mail sent.
          </p>
        )
      }
    />
  );
}
