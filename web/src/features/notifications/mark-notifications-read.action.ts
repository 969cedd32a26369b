'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { MarkNotificationsReadMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Marks notifications as read, up to the one that the form names; gives a text when it is refused. */
export async function markNotificationsRead(_before: unknown, data: unknown): Promise<string | null> {
  const t = await textsNow('notifications');
  const variables = readFields(data, ['upTo']);
  const { faults } = await change(MarkNotificationsReadMutation, variables, await currentCaller());
  if (faults.length > 0) {
    const { fields, message } = await formFaults(faults, {}, { upTo: t('notification') });
    return fields.upTo ?? message;
  }
  refresh();
  return null;
}
