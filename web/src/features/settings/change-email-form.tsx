'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { changeEmail } from './change-email.action.ts';
import type { PendingEmailChangeFragment } from './generated/documents.ts';
import { CodeField } from './owners-proof.tsx';
import look from './settings.module.css';

const DONE = { asked: 'mailsUnderWay', cancelled: 'addressStays' } as const;

const missing = ({ oldConfirmed, newConfirmed }: PendingEmailChangeFragment) =>
  oldConfirmed ? 'waitsForNew' : newConfirmed ? 'waitsForOld' : 'waitsForBoth';

/** The way to another address; it works without JavaScript too. */
export function ChangeEmailForm({
  pendingChange,
  withCode,
}: {
  pendingChange: PendingEmailChangeFragment | null;
  withCode: boolean;
}) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(changeEmail, { ...emptyForm, done: null });
  const form = useFaultFocus(state);
  return (
    <>
      <FormStatus text={state.done && t(DONE[state.done])} />
      {pendingChange && (
        <form action={action} className={look.pending}>
          <p>
            {t.rich('askedChange', {
              address: () => <bdi className={look.address}>{pendingChange.newEmail}</bdi>,
            })}{' '}
            {t(missing(pendingChange))}
          </p>
          <PendingButton name="intent" value="cancel" className="button" pending={pending}>
            {t('keepPresentAddress')}
          </PendingButton>
        </form>
      )}
      <details className={look.more} open={state.message !== null || Object.keys(state.fields).length > 0}>
        <summary>{t('changeAddress')}</summary>
        <form ref={form} action={action} className={styles.form}>
          <FormMessage text={state.message} />
          <Field
            name="newEmail"
            label={t('newAddress')}
            type="email"
            inputMode="email"
            autoComplete="email"
            value={state.values.newEmail}
            fault={state.fields.newEmail}
            hint={t('newAddressHint')}
          />
          <Field
            name="currentPassword"
            scope="change-email"
            label={t('password')}
            type="password"
            autoComplete="current-password"
            fault={state.fields.currentPassword}
          />
          {withCode && <CodeField state={state} scope="change-email" />}
          <label className={look.check}>
            <input type="checkbox" name="endOtherSessions" value="yes" defaultChecked />
            {t('signOutMyOther')}
          </label>
          <p>
            <PendingButton className="button primary" pending={pending} waiting={t('sending')}>
              {t('sendTwoMails')}
            </PendingButton>
          </p>
        </form>
      </details>
    </>
  );
}
