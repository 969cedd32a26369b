'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useTold } from '../../ui/time.tsx';
import look from './mute-form.module.css';
import type { MUTE_HOURS } from './mute-hours.ts';
import { mutePerson } from './mute-person.action.ts';

const TERMS = [
  ['hour', 'muteHour'],
  ['day', 'muteDay'],
  ['week', 'muteWeek'],
  ['always', 'muteAlways'],
] as const satisfies [keyof typeof MUTE_HOURS, string][];

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
  const t = useTexts('relationships');
  const [fault, action, pending] = useActionState(mutePerson, null);
  const until = useTold(mutedUntil ?? '').exact;
  const whom = <span className="visually-hidden"> {name}</span>;
  const id = `mute-for-${userId}`;
  return (
    <details className={look.box} open={fault !== null}>
      <summary>
        {muting ? t('change') : t('mute')}
        {whom}
      </summary>
      <form action={action} className={styles.form}>
        <FormMessage text={fault} />
        <input type="hidden" name="userId" value={userId} />
        <div className={styles.field}>
          <label htmlFor={id}>{t('forHowLong')}</label>
          <select id={id} name="muteFor" defaultValue={mutedUntil ?? 'always'} key={mutedUntil}>
            {mutedUntil !== null && <option value={mutedUntil}>{t('until', { until })}</option>}
            {TERMS.map(([value, label]) => (
              <option key={value} value={value}>
                {t(label)}
              </option>
            ))}
          </select>
          <p className={styles.hint}>{t('muteHint')}</p>
        </div>
        <label className={look.choice}>
          <input type="checkbox" name="notifications" defaultChecked={mutingNotifications} />
          {t('muteTheirNotificationsToo')}
        </label>
        <p className={styles.hint}>{t('notificationsHint')}</p>
        <p>
          <PendingButton name="intent" value="mute" className="button" pending={pending}>
            {muting ? t('muteLike') : t('muteNow')}
            {whom}
          </PendingButton>
        </p>
      </form>
    </details>
  );
}
