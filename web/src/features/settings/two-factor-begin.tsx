import { useTexts } from '#texts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import type { TwoFactorStep } from './two-factor-step.ts';

/** The first step: whoever turns two-factor authentication on shows that they know the password. */
export function TwoFactorBegin({ state, action, pending }: TwoFactorStep) {
  const t = useTexts('settings');
  const form = useFaultFocus(state);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={state.message} />
      <p>{t('twoFactorLead')}</p>
      <input type="hidden" name="intent" value="begin" />
      <Field
        name="password"
        scope="two-factor"
        label={t('password')}
        type="password"
        autoComplete="current-password"
        fault={state.fields.password}
      />
      <p>
        <PendingButton className="button primary" pending={pending} waiting={t('oneMoment')}>
          {t('setUp')}
        </PendingButton>
      </p>
    </form>
  );
}
