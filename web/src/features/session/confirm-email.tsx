'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { useTexts } from '#texts';
import { MailLinkForm } from './mail-link-form.tsx';
import { ResendMail } from './resend-mail.tsx';
import { verifyEmail } from './verify-email.action.ts';

/** Confirms the address of an account; it works without JavaScript too. */
export function ConfirmEmail({ hasToken, signedIn }: { hasToken: boolean; signedIn: boolean }) {
  const t = useTexts('session');
  const [state, action, pending] = useActionState(verifyEmail, {
    outcome: hasToken ? 'waiting' : 'incomplete',
  });
  return (
    <MailLinkForm
      state={state}
      action={action}
      pending={pending}
      lead={t('confirmLead')}
      label={t('confirmThis')}
      done={{ done: t('confirmed'), already: t('confirmedAlready') }}
      next={
        <p>
          <Link href={signedIn ? '/' : '/sign-in'} className="button primary" prefetch={false}>
            {signedIn ? t('timeline') : t('signIn')}
          </Link>
        </p>
      }
      instead={
        signedIn ? (
          <ResendMail />
        ) : (
          <p>
            {t.rich('signInForMail', {
              link: (text) => (
                <Link href="/sign-in?to=%2Fsettings%2Faccount" prefetch={false}>
                  {text}
                </Link>
              ),
            })}
          </p>
        )
      }
    />
  );
}
