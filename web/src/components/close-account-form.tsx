'use client';

import { useActionState } from 'react';
import { emptyForm, type FormState } from '../actions/form-state.ts';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { OwnersProof } from './owners-proof.tsx';
import { PendingButton } from './pending-button.tsx';
import { useFaultFocus } from './use-fault-focus.ts';

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
  const [state, action, pending] = useActionState(close, emptyForm);
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <OwnersProof state={state} scope={scope} withCode={withCode} />
      <p>
        <PendingButton className="button danger" pending={pending} waiting="One moment…">
          {label}
        </PendingButton>
      </p>
    </form>
  );
}
