'use server';

import { refresh } from 'next/cache';
import { countOf } from '../../forms/call-arguments.ts';
import { messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { UpdateNotificationPreferencesMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { PREFERENCE_TYPES, preferencesIn } from './notification-preferences.ts';

interface SavedState {
  fault: string | null;
  /** How often it was saved. */
  saved: number;
}

/** Saves of whose doing the signed-in person is notified, as the form says for each type. */
export async function updateNotificationPreferences(before: unknown, data: unknown): Promise<SavedState> {
  const saved = countOf(before, 'saved');
  const preferences = preferencesIn(readFields(data, PREFERENCE_TYPES));
  const input = { preferences };
  const { faults } = await change(UpdateNotificationPreferencesMutation, { input }, await currentCaller());
  if (faults.length > 0) return { fault: await messageOf(faults[0]), saved };
  refresh();
  return { fault: null, saved: saved + 1 };
}
