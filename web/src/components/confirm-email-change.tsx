'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { confirmEmailChange, type EmailChangeState } from '../actions/confirm-email-change.ts';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { FormStatus } from './form-status.tsx';

const GOOD = {
  done: 'Your address is changed.',
  half: 'Thank you! The address changes as soon as the link in the other mail is used too.',
};

const BAD = {
  refused: 'This link is no longer good: it was used before, is too old, or is for another account.',
  incomplete: 'Part of the link is missing. Please follow the one in the mail again.',
};

/** What the links of the two mails lead to: a button, since mail scanners follow links but press none. */
export function ConfirmEmailChange({ hasToken }: { hasToken: boolean }) {
  const first: EmailChangeState = { outcome: hasToken ? 'waiting' : 'incomplete' };
  const [state, action, pending] = useActionState(confirmEmailChange, first);
  const { outcome } = state;
  if (outcome === 'done' || outcome === 'half') {
    return (
      <>
        <FormStatus text={GOOD[outcome]} />
        <p>
          <Link href="/" className="button primary" prefetch={false}>
            To your timeline
          </Link>
        </p>
      </>
    );
  }
  if (outcome === 'refused' || outcome === 'incomplete') {
    return (
      <div className={styles.form}>
        <FormMessage text={BAD[outcome]} />
      </div>
    );
  }
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={outcome === 'failed' ? state.message : null} />
      <p>Both addresses have to agree: the present one and the new one.</p>
      <button type="submit" className="button primary wide" disabled={pending}>
        {pending ? 'Confirming…' : 'Change the address'}
      </button>
    </form>
  );
}
