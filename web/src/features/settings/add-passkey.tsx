'use client';

import { startRegistration } from '@simplewebauthn/browser';
import { useActionState } from 'react';
import { textsNow, useTexts } from '#texts';
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
  const t = await textsNow('settings');
  const begun = await beginPasskey(data);
  if (begun.options === null) return { ...before, ...begun };
  const name = String(data.get('name') ?? '');
  const made = await startRegistration({ optionsJSON: JSON.parse(begun.options) }).catch(
    (error: Error) => error,
  );
  if (made instanceof Error) {
    const known = made.name === 'InvalidStateError';
    const message = known ? t('passkeyThere') : t('noPasskeyWasMade');
    return { ...emptyForm, message, values: { name }, added: before.added };
  }
  const state = await addPasskey(JSON.stringify(made), name);
  const failed = state.message !== null || Object.keys(state.fields).length > 0;
  return { ...state, added: before.added + (failed ? 0 : 1) };
}

/** The form for a new passkey, where the browser can make one. */
export function AddPasskey({ withCode }: { withCode: boolean }) {
  const t = useTexts('settings');
  const support = usePasskeys();
  const [state, action, pending] = useActionState(add, { ...emptyForm, added: 0 });
  const form = useFaultFocus(state);
  if (support.can === 'unknown') {
    return (
      <noscript>
        <p className={look.hint}>{t('newPasskeyTakesBrowser')}</p>
      </noscript>
    );
  }
  if (support.can === 'no') return <p className={look.hint}>{t('browserDoesNotKnow')}</p>;
  if (support.can === 'elsewhere') {
    return (
      <p className={look.hint}>
        {t.rich('elsewhere', {
          link: () => <a href={`${support.name}/settings/security`}>{support.name}</a>,
        })}
      </p>
    );
  }
  const done = state.added > 0 && state.message === null && Object.keys(state.fields).length === 0;
  return (
    <>
      {/* Outside: what a fault has opened closes when all is well. */}
      <FormStatus text={done ? t('passkeyAddedCanSign') : null} />
      <details className={look.more} open={state.message !== null || Object.keys(state.fields).length > 0}>
        <summary>{t('addPasskey')}</summary>
        <form ref={form} action={action} className={styles.form}>
          <FormMessage text={state.message} />
          <Field
            name="name"
            scope="add-passkey"
            label={t('name')}
            optional
            autoComplete="off"
            value={state.values.name}
            fault={state.fields.name}
            hint={t('passkeyNameHint')}
          />
          <OwnersProof state={state} scope="add-passkey" withCode={withCode} />
          <p>
            <PendingButton className="button primary" pending={pending} waiting={t('waitingForDevice')}>
              {t('addPasskey')}
            </PendingButton>
          </p>
        </form>
      </details>
    </>
  );
}
