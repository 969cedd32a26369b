import type { Reader } from '../store/client.ts';
import { listPreferences, type PreferenceRow } from '../store/preferences.ts';

/** What can be chosen. Moderators are nobody whom one could choose, and what they remove is for its author to know. */
const choosable = [
  'FOLLOW',
  'FOLLOW_REQUEST',
  'FOLLOW_ACCEPTED',
  'POST',
  'COMMENT',
  'REPLY',
  'MENTION',
  'REACTION',
  'REPOST',
  'QUOTE',
] as const satisfies readonly PreferenceRow['type'][];

export const isChoosable = (type: PreferenceRow['type']): boolean =>
  choosable.some((choosableType) => choosableType === type);

/** Of whose doing somebody is notified: every type that can be chosen. */
export async function notificationPreferences(db: Reader, userId: string): Promise<PreferenceRow[]> {
  const chosen = new Map((await listPreferences(db, userId)).map(({ type, from }) => [type, from]));
  return choosable.map((type) => ({ type, from: chosen.get(type) ?? 'EVERYONE' }));
}
