'use client';

import { useActionState } from 'react';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useTold } from '../../ui/time.tsx';
import look from './mute-form.module.css';
import { MUTE_LABELS } from './mute-hours.ts';
import { mutePerson } from './mute-person.action.ts';

/** For how long somebody is muted, and what of; it works without JavaScript too. */
export function MuteForm({
  userId,
  name,
  muting,
  mutedUntil = null,
  mutingNotifications = true,
}: {
  userId: string;
  name: string;
  /** Whether they are muted: then it changes how. */
  muting: boolean;
  /** When that ends by itself: it stays so unless another term is chosen. */
  mutedUntil?: string | null;
  mutingNotifications?: boolean;
}) {
  const [fault, action, pending] = useActionState(mutePerson, null);
  const until = useTold(mutedUntil ?? '').exact;
  const whom = <span className="visually-hidden"> {name}</span>;
  const id = `mute-for-${userId}`;
  return (
    <details className={look.box} open={fault !== null}>
      <summary>
        {muting ? 'Change' : 'Mute…'}
        {whom}
      </summary>
      <form action={action} className={styles.form}>
        <FormMessage text={fault} />
        <input type="hidden" name="userId" value={userId} />
        <div className={styles.field}>
          <label htmlFor={id}>For how long</label>
          <select id={id} name="muteFor" defaultValue={mutedUntil ?? 'always'} key={mutedUntil}>
            {mutedUntil !== null && <option value={mutedUntil}>Until {until}</option>}
            {Object.entries(MUTE_LABELS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <p className={styles.hint}>Nothing of theirs is in your home timeline. They are not told.</p>
        </div>
        <label className={look.choice}>
          <input type="checkbox" name="notifications" defaultChecked={mutingNotifications} />
          Mute their notifications too
        </label>
        <p className={styles.hint}>
          What you were notified of them goes then, and does not come back with the end.
        </p>
        <p>
          <PendingButton name="intent" value="mute" className="button" pending={pending}>
            {muting ? 'Mute like this' : 'Mute'}
            {whom}
          </PendingButton>
        </p>
      </form>
    </details>
  );
}
