import { useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import look from './two-factor.module.css';
import type { TwoFactorStep } from './two-factor-step.ts';

/** The second step: the app is told the secret, and shows that it has it. */
export function TwoFactorScan({ state, action, pending }: TwoFactorStep) {
  const t = useTexts('settings');
  const form = useFaultFocus(state);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={look.heading}>
        {t('tellApp')}
      </h3>
      <p>{t('scanCodeWithApp')}</p>
      {/* biome-ignore lint/performance/noImgElement: a data: address, drawn by the service for this one view. */}
      <img
        className={look.qr}
        src={state.qrCode}
        alt={t('qrCodeForAuthenticator')}
        width={208}
        height={208}
      />
      <p>
        <a href={state.uri}>{t('openInAppOn')}</a>
      </p>
      <p>
        {t('orTypeKeyIn')} <code className={look.secret}>{state.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <form ref={form} action={action} className={`${styles.form} ${look.step}`}>
        <FormMessage text={state.message} />
        <input type="hidden" name="intent" value="confirm" />
        <Field
          name="code"
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          fault={state.fields.code}
          hint={t('sixDigitsAppShows')}
        />
        <p>
          <PendingButton className="button primary" pending={pending} waiting={t('checking')}>
            {t('turnOn')}
          </PendingButton>
        </p>
      </form>
      <form action={action} className={look.aside}>
        <PendingButton name="intent" value="cancel" className="button quiet" pending={pending}>
          {t('notNow')}
        </PendingButton>
      </form>
    </>
  );
}
