'use client';

import { useActionState } from 'react';
import { emptyForm, type FormState } from '../actions/form-state.ts';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { OwnersProof } from './owners-proof.tsx';
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
        <button type="submit" className="button danger" disabled={pending}>
          {pending ? 'One moment…' : label}
        </button>
      </p>
    </form>
  );
}
