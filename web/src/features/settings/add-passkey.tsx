'use client';

import { startRegistration } from '@simplewebauthn/browser';
import { useActionState } from 'react';
import { emptyForm, type FormState } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import look from '../../ui/rows.module.css';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { usePasskeys } from '../session/use-passkeys.ts';
import { addPasskey, beginPasskey } from './add-passkey.action.ts';
import { OwnersProof } from './owners-proof.tsx';

interface AddState extends FormState {
  added: number;
}

/** Asks the browser for a new passkey, which no page without JavaScript can, and has it kept. */
async function add(before: AddState, data: FormData): Promise<AddState> {
  const begun = await beginPasskey(data);
  if (begun.options === null) return { ...before, ...begun };
  const name = String(data.get('name') ?? '');
  const made = await startRegistration({ optionsJSON: JSON.parse(begun.options) }).catch(
    (error: Error) => error,
  );
  if (made instanceof Error) {
    const known = made.name === 'InvalidStateError';
    const message = known
      ? 'This device has a passkey for your account already.'
      : 'No passkey was made. You can try again.';
    return { ...emptyForm, message, values: { name }, added: before.added };
  }
  const state = await addPasskey(JSON.stringify(made), name);
  const failed = state.message !== null || Object.keys(state.fields).length > 0;
  return { ...state, added: before.added + (failed ? 0 : 1) };
}

/** The form for a new passkey, where the browser can make one. */
export function AddPasskey({ withCode }: { withCode: boolean }) {
  const support = usePasskeys();
  const [state, action, pending] = useActionState(add, { ...emptyForm, added: 0 });
  const form = useFaultFocus(state);
  if (support.can === 'unknown') {
    return (
      <noscript>
        <p className={look.hint}>A new passkey takes a browser with JavaScript.</p>
      </noscript>
    );
  }
  if (support.can === 'no') return <p className={look.hint}>This browser does not know passkeys.</p>;
  if (support.can === 'elsewhere') {
    return (
      <p className={look.hint}>
        Browsers make no passkeys for an address in numbers: sign in at{' '}
        <a href={`${support.name}/settings/security`}>{support.name}</a> to add one.
      </p>
    );
  }
  const done = state.added > 0 && state.message === null && Object.keys(state.fields).length === 0;
  return (
    <>
      {/* Outside: what a fault has opened closes when all is well. */}
      <FormStatus text={done ? 'Your passkey is added: you can sign in with it from now on.' : null} />
      <details className={look.more} open={state.message !== null || Object.keys(state.fields).length > 0}>
        <summary>Add a passkey</summary>
        <form ref={form} action={action} className={styles.form}>
          <FormMessage text={state.message} />
          <Field
            name="name"
            scope="add-passkey"
            label="Name"
            optional
            autoComplete="off"
            value={state.values.name}
            fault={state.fields.name}
            hint="What you tell it by, such as the device it is on."
          />
          <OwnersProof state={state} scope="add-passkey" withCode={withCode} />
          <p>
            <PendingButton className="button primary" pending={pending} waiting="Waiting for your device…">
              Add a passkey
            </PendingButton>
          </p>
        </form>
      </details>
    </>
  );
}
