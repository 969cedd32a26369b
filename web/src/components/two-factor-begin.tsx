import { Field } from './field.tsx';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { PendingButton } from './pending-button.tsx';
import type { TwoFactorStep } from './two-factor-step.ts';
import { useFaultFocus } from './use-fault-focus.ts';

/** The first step: whoever turns two-factor authentication on shows that they know the password. */
export function TwoFactorBegin({ state, action, pending }: TwoFactorStep) {
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <p>
        With two-factor authentication, whoever learns your password still cannot sign in. You need an
        authenticator app on your phone, or a password manager that makes codes.
      </p>
      <input type="hidden" name="intent" value="begin" />
      <Field
        name="password"
        scope="two-factor"
        label="Password"
        type="password"
        autoComplete="current-password"
        fault={state.fields.password}
      />
      <p>
        <PendingButton className="button primary" pending={pending} waiting="One moment…">
          Set it up
        </PendingButton>
      </p>
    </form>
  );
}
