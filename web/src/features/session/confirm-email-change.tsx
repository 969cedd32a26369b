'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { useTexts } from '#texts';
import { confirmEmailChange } from './confirm-email-change.action.ts';
import { MailLinkForm } from './mail-link-form.tsx';

/** Confirms one end of a change of address; it works without JavaScript too. */
export function ConfirmEmailChange({ hasToken }: { hasToken: boolean }) {
  const t = useTexts('session');
  const [state, action, pending] = useActionState(confirmEmailChange, {
    outcome: hasToken ? 'waiting' : 'incomplete',
  });
  const toSettings = (
    <p>
      <Link href="/settings/account" className="button" prefetch={false}>
        {t('settings')}
      </Link>
    </p>
  );
  return (
    <MailLinkForm
      state={state}
      action={action}
      pending={pending}
      lead={t('changeLead')}
      label={t('confirmChange')}
      done={{ done: t('bothConfirmed'), half: t('halfConfirmed') }}
      next={toSettings}
      instead={toSettings}
    />
  );
}
