import { emptyForm } from '../actions/form-state.ts';
import styles from './form.module.css';
import { FormMessage } from './form-message.tsx';
import { OwnersProof } from './owners-proof.tsx';
import { PendingButton } from './pending-button.tsx';
import type { TwoFactorStep } from './two-factor-step.ts';
import { useFaultFocus } from './use-fault-focus.ts';

/** A step that takes both factors. */
export function OwnersProofForm({
  state,
  action,
  pending,
  intent,
  label,
}: TwoFactorStep & { intent: string; label: string }) {
  const own = state.intent === intent ? state : emptyForm;
  const form = useFaultFocus(own);
  return (
    <form ref={form} action={action} className={styles.form}>
      <FormMessage text={own.message} />
      <input type="hidden" name="intent" value={intent} />
      <OwnersProof state={own} scope={intent} withCode />
      <p>
        <PendingButton className="button" pending={pending} waiting="One moment…">
          {label}
        </PendingButton>
      </p>
    </form>
  );
}
