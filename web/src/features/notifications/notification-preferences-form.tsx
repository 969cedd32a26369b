'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { FROM, PREFERENCE_TYPES, type Preference, type PreferenceType } from './notification-preferences.ts';
import { updateNotificationPreferences } from './update-notification-preferences.action.ts';

const PREFERENCE_NAMES = {
  MENTION: 'notifyMention',
  REPLY: 'notifyReply',
  COMMENT: 'notifyComment',
  REACTION: 'notifyReaction',
  REPOST: 'notifyRepost',
  QUOTE: 'notifyQuote',
  FOLLOW: 'notifyFollow',
  FOLLOW_REQUEST: 'notifyFollowRequest',
  FOLLOW_ACCEPTED: 'notifyFollowAccepted',
  POST: 'notifyPost',
} as const satisfies Record<PreferenceType, string>;

const FROM_NAMES = {
  EVERYONE: 'fromEveryone',
  FOLLOWING: 'fromFollowing',
  NOBODY: 'fromNobody',
} as const satisfies Record<(typeof FROM)[number], string>;

/** Of whose doing one is notified, type by type; it works without JavaScript too. */
export function NotificationPreferencesForm({ preferences }: { preferences: readonly Preference[] }) {
  const t = useTexts('settings');
  const [state, action, pending] = useActionState(updateNotificationPreferences, { fault: null, saved: 0 });
  const chosen = new Map(preferences.map(({ type, from }) => [type, from]));
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={state.fault} />
      <FormStatus text={state.saved > 0 && state.fault === null ? t('notifySaved') : null} />
      {PREFERENCE_TYPES.filter((type) => chosen.has(type)).map((type) => (
        <div key={type} className={styles.field}>
          <label htmlFor={`notify-${type}`}>{t(PREFERENCE_NAMES[type])}</label>
          {/* Made anew for what was saved: a form that was sent goes back to what it began with. */}
          <select key={chosen.get(type)} id={`notify-${type}`} name={type} defaultValue={chosen.get(type)}>
            {FROM.map((from) => (
              <option key={from} value={from}>
                {t(FROM_NAMES[from])}
              </option>
            ))}
          </select>
        </div>
      ))}
      <p>
        <PendingButton className="button primary" pending={pending} waiting={t('saving')}>
          {t('save')}
        </PendingButton>
      </p>
    </form>
  );
}
