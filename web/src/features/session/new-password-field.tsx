import { useTexts } from '#texts';
import { Field } from '../../ui/field.tsx';

/** Where a password is chosen, with what makes a good one. */
export function NewPasswordField(props: { name: string; label: string; fault: string | undefined }) {
  const t = useTexts('session');
  return (
    <Field
      name={props.name}
      label={props.label}
      type="password"
      autoComplete="new-password"
      fault={props.fault}
      hint={t('passwordHint')}
    />
  );
}
