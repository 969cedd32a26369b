'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { emptyForm, type FormState } from '../../forms/form-state.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { OwnersProof } from './owners-proof.tsx';

/** A form for what takes all factors and ends every session; it works without JavaScript too. */
export function CloseAccountForm({
  scope,
  close,
  label,
  withCode,
}: {
  scope: string;
  close: (before: FormState, data: FormData) => Promise<FormState>;
  label: string;
  withCode: boolean;
}) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(close, emptyForm);
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <OwnersProof state={state} scope={scope} withCode={withCode} />
      <p>
        <PendingButton className="button danger" pending={pending} waiting={t('oneMoment')}>
          {label}
        </PendingButton>
      </p>
    </form>
  );
}
