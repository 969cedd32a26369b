import { useEffect, useRef } from 'react';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import look from './two-factor.module.css';
import type { TwoFactorStep } from './two-factor-step.ts';

/** The second step: the app is told the secret, and shows that it has it. */
export function TwoFactorScan({ state, action, pending }: TwoFactorStep) {
  const form = useFaultFocus(state);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={look.heading}>
        Tell your app
      </h3>
      <p>Scan this code with the app, or open the link if the app is on this device.</p>
      {/* biome-ignore lint/performance/noImgElement: a data: address, drawn by the service for this one view. */}
      <img
        className={look.qr}
        src={state.qrCode}
        alt="QR code for your authenticator app"
        width={208}
        height={208}
      />
      <p>
        <a href={state.uri}>Open in an app on this device</a>
      </p>
      <p>
        Or type the key in: <code className={look.secret}>{state.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <form ref={form} action={action} className={`${styles.form} ${look.step}`}>
        <FormMessage text={state.message} />
        <input type="hidden" name="intent" value="confirm" />
        <Field
          name="code"
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          fault={state.fields.code}
          hint="The six digits that the app shows now."
        />
        <p>
          <PendingButton className="button primary" pending={pending} waiting="Checking…">
            Turn it on
          </PendingButton>
        </p>
      </form>
      <form action={action} className={look.aside}>
        <PendingButton name="intent" value="cancel" className="button quiet" pending={pending}>
          Not now
        </PendingButton>
      </form>
    </>
  );
}
