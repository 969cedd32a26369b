'use client';

import { useState, useTransition } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { beginPasskeySignIn, signInWithPasskey } from './sign-in-with-passkey.action.ts';
import { usePasskeys } from './use-passkeys.ts';

/** For whoever uses a passkey, while the question for it comes. */
const load = () => import('@simplewebauthn/browser');

/** Signs in without a password, in browsers that have passkeys. */
export function PasskeySignIn({ to }: { to: string }) {
  const t = useTexts('session');
  const support = usePasskeys();
  const [fault, setFault] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  if (support.can !== 'yes') return null;

  async function signIn(): Promise<string> {
    const library = load();
    library.catch(() => undefined);
    const question = await beginPasskeySignIn();
    if (question.options === null) return question.fault;
    const optionsJSON = JSON.parse(question.options);
    const answer = await library
      .then(({ startAuthentication }) => startAuthentication({ optionsJSON }))
      .catch(() => null);
    // Browsers do not tell a person who changed their mind from a device without a passkey.
    if (!answer) return t('noPasskeyWasUsed');
    return signInWithPasskey(JSON.stringify(answer), to);
  }
  const onClick = () => {
    setFault(null);
    startTransition(async () => {
      const refusal = await signIn();
      startTransition(() => setFault(refusal ?? null));
    });
  };
  return (
    <div className={styles.other}>
      <FormMessage text={fault} />
      <PendingButton
        type="button"
        className="button wide"
        onClick={onClick}
        pending={pending}
        waiting={t('waitingForPasskey')}
      >
        {t('signInWithPasskey')}
      </PendingButton>
    </div>
  );
}
