'use client';

import Link from 'next/link';
import { type FormEvent, useActionState, useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { signIn } from './sign-in.action.ts';

/** The form that opens a session; it works without JavaScript too. */
export function SignInForm({ to }: { to: string }) {
  const t = useTexts('session');
  const [state, action, pending] = useActionState(signIn, emptyForm);
  const form = useFaultFocus(state);
  const typed = useRef('');

  // A form is emptied once it was sent; the password that was right need not be typed again for the code.
  useEffect(() => {
    if (!state.twoFactor) return;
    const password = form.current?.querySelector<HTMLInputElement>('[name="password"]');
    if (password && password.value === '') password.value = typed.current;
    form.current?.querySelector<HTMLElement>('[name="twoFactorCode"]')?.focus();
  }, [state, form]);

  function keepPassword(event: FormEvent<HTMLFormElement>) {
    typed.current = String(new FormData(event.currentTarget).get('password') ?? '');
  }

  return (
    <form ref={form} action={action} onSubmit={keepPassword} className={styles.form}>
      <FormMessage text={state.message} />
      <input type="hidden" name="to" value={to} />
      <Field
        name="identifier"
        label={t('emailOrUsername')}
        autoComplete="username"
        value={state.values.identifier}
        fault={state.fields.identifier}
      />
      <Field
        name="password"
        label={t('password')}
        type="password"
        autoComplete="current-password"
        fault={state.fields.password}
      />
      <p className={styles.forgot}>
        <Link href="/forgot-password" prefetch={false}>
          {t('forgottenPassword')}
        </Link>
      </p>
      {state.twoFactor && (
        <Field
          name="twoFactorCode"
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          fault={state.fields.twoFactorCode}
          hint={t('sixDigitsFromApp')}
        />
      )}
      <PendingButton className="button primary wide" pending={pending} waiting={t('signingIn')}>
        {t('signIn')}
      </PendingButton>
    </form>
  );
}
