import { useTexts } from '#texts';
import type { FormState } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';

/** The fields by which somebody shows that the account is theirs: a session that was left open is not enough. */
export function OwnersProof({
  state,
  scope,
  withCode,
}: {
  state: FormState;
  scope: string;
  withCode: boolean;
}) {
  const t = useTexts('settings');
  return (
    <>
      <Field
        name="password"
        scope={scope}
        label={t('password')}
        type="password"
        autoComplete="current-password"
        fault={state.fields.password}
      />
      {withCode && <CodeField state={state} scope={scope} />}
    </>
  );
}

/** The field for the two-factor code. */
export function CodeField({ state, scope }: { state: FormState; scope: string }) {
  const t = useTexts('settings');
  return (
    <Field
      name="twoFactorCode"
      scope={scope}
      label={t('code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      fault={state.fields.twoFactorCode}
      hint={t('sixDigitsFromApp')}
    />
  );
}
