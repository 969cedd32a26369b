import type { NotificationPreferencesQuery, NotificationsFrom } from './generated/documents.ts';

type Answered = NonNullable<NotificationPreferencesQuery['notificationPreferences']>[number];
export type Preference = Omit<Answered, '__typename'>;

/** What one can choose for, in the order of the form. */
export const PREFERENCE_TYPES = [
  'MENTION',
  'REPLY',
  'COMMENT',
  'REACTION',
  'REPOST',
  'QUOTE',
  'FOLLOW',
  'FOLLOW_REQUEST',
  'FOLLOW_ACCEPTED',
  'POST',
] as const satisfies readonly Preference['type'][];

export type PreferenceType = (typeof PREFERENCE_TYPES)[number];

export const FROM = ['EVERYONE', 'FOLLOWING', 'NOBODY'] as const satisfies readonly NotificationsFrom[];

/** Takes what a form says by type, gives what of it can be chosen. */
export const preferencesIn = (fields: Readonly<Record<PreferenceType, string>>): Preference[] =>
  PREFERENCE_TYPES.flatMap((type) => {
    const from = FROM.find((one) => one === fields[type]);
    return from ? [{ type, from }] : [];
  });
