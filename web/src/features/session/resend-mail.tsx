'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import type { TextsOf } from '../../i18n/texts.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { requestEmailVerification, type SentState } from './request-email-verification.action.ts';

function statusOf(t: TextsOf<'session'>, { sent }: SentState): string | null {
  if (sent === null) return t('confirmedAlready');
  return sent > 0 ? t('mailUnderWay') : null;
}

/** Sends the mail with the link once more; it works without JavaScript too. */
export function ResendMail() {
  const t = useTexts('session');
  const [state, action, pending] = useActionState(requestEmailVerification, { sent: 0, fault: null });
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={state.fault} />
      <FormStatus text={statusOf(t, state)} />
      <p>
        <PendingButton className="button" pending={pending} waiting={t('sending')}>
          {t('sendMailAgain')}
        </PendingButton>
      </p>
    </form>
  );
}
