'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { confirmEmailChange } from './confirm-email-change.action.ts';
import { MailLinkForm } from './mail-link-form.tsx';

const DONE = {
  done: 'The new address is confirmed at both ends: it is the account’s from now on.',
  half: 'Thank you! One end is confirmed. Now follow the link in the mail at the other address.',
};

/** Confirms one end of a change of address; it works without JavaScript too. */
export function ConfirmEmailChange({ hasToken }: { hasToken: boolean }) {
  const [state, action, pending] = useActionState(confirmEmailChange, {
    outcome: hasToken ? 'waiting' : 'incomplete',
  });
  const toSettings = (
    <p>
      <Link href="/settings/account" className="button" prefetch={false}>
        To your settings
      </Link>
    </p>
  );
  return (
    <MailLinkForm
      state={state}
      action={action}
      pending={pending}
      lead="The address changes once the links in both mails are confirmed: at the present address and at the new one."
      label="Confirm the change"
      done={DONE}
      next={toSettings}
      instead={toSettings}
    />
  );
}
