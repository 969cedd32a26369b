'use client';

import { type FormEvent, useActionState } from 'react';
import { useTexts } from '#texts';
import { Popup } from '../../ui/confirm.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import menu from '../../ui/menu.module.css';
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

interface Mute {
  userId: string;
  name: string;
  /** Whether they are muted: then it changes how. */
  muting: boolean;
  /** When that ends by itself: it stays so unless another term is chosen. */
  mutedUntil?: string | null | undefined;
  mutingNotifications?: boolean;
}

/** For how long somebody is muted, and what of, where it opens in its place; it works without JavaScript too. */
export function MuteForm(mute: Mute) {
  const t = useTexts('relationships');
  const [fault, action, pending] = useActionState(mutePerson, null);
  return (
    <details className={look.box} open={fault !== null}>
      <summary>
        {t('change')}
        <span className="visually-hidden"> {mute.name}</span>
      </summary>
      <form action={action} className={styles.form}>
        <FormMessage text={fault} />
        <MuteFields {...mute} pending={pending} />
      </form>
    </details>
  );
}

/** The same as a menu's item; what has become of it is told outside of the menu, which is closed by then. */
export function MuteItem({
  action,
  pending,
  ...mute
}: Omit<Mute, 'muting'> & { action: (form: FormData) => void; pending: boolean }) {
  const t = useTexts('relationships');
  return (
    <Popup label={t('mute')} className={`${menu.item}`}>
      <form action={action} onSubmit={closeAll} className={styles.form}>
        <p className={look.title}>{t.rich('muteWhom', { name: () => <bdi>{mute.name}</bdi> })}</p>
        <MuteFields {...mute} muting={false} pending={pending} />
      </form>
    </Popup>
  );
}

function closeAll({ currentTarget }: FormEvent<HTMLFormElement>): void {
  const around = currentTarget.closest<HTMLElement>('[popover]');
  around?.parentElement?.closest<HTMLElement>('[popover]')?.hidePopover();
}

function MuteFields({
  userId,
  name,
  muting,
  mutedUntil = null,
  mutingNotifications = true,
  pending,
}: Mute & { pending: boolean }) {
  const t = useTexts('relationships');
  const until = useTold(mutedUntil ?? '').exact;
  const id = `mute-for-${userId}`;
  return (
    <>
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
          <span className="visually-hidden"> {name}</span>
        </PendingButton>
      </p>
    </>
  );
}
