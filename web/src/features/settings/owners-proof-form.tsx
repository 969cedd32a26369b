import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { OwnersProof } from './owners-proof.tsx';
import type { TwoFactorStep } from './two-factor-step.ts';

/** A step that takes both factors. */
export function OwnersProofForm({
  state,
  action,
  pending,
  intent,
  label,
}: TwoFactorStep & { intent: string; label: string }) {
  const t = useTexts('settings');
  const own = state.intent === intent ? state : emptyForm;
  const form = useFaultFocus(own);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={own.message} />
      <input type="hidden" name="intent" value={intent} />
      <OwnersProof state={own} scope={intent} withCode />
      <p>
        <PendingButton className="button" pending={pending} waiting={t('oneMoment')}>
          {label}
        </PendingButton>
      </p>
    </form>
  );
}
