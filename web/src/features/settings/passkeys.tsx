'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import { FormStatus } from '../../ui/form-status.tsx';
import styles from '../../ui/rows.module.css';
import { AddPasskey } from './add-passkey.tsx';
import { changePasskey } from './change-passkey.action.ts';
import type { PasskeyLine } from './passkey-line.ts';
import { PasskeyRow } from './passkey-row.tsx';

const DONE = { renamed: 'passkeyRenamed', removed: 'passkeyRemoved' } as const;

/** The passkeys of the signed-in person; those that are there can be changed without JavaScript too. */
export function Passkeys({ passkeys, withCode }: { passkeys: PasskeyLine[]; withCode: boolean }) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(changePasskey, { ...emptyForm, about: '', done: null });
  return (
    <>
      <FormStatus text={state.done && t(DONE[state.done])} />
      {passkeys.length === 0 ? (
        <p>{t('haveNoPasskeyYet')}</p>
      ) : (
        <ul className={styles.list}>
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              state={state}
              action={action}
              pending={pending}
              withCode={withCode}
            />
          ))}
        </ul>
      )}
      <AddPasskey withCode={withCode} />
    </>
  );
}
