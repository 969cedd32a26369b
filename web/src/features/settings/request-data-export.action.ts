'use server';

import { isUuid } from '@socialhub/platform/ids';
import { refresh } from 'next/cache';
import { messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { RequestDataExportMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Has an archive of the signed-in person's data made, one for a form however often it is sent; gives a text when it is not. */
export async function requestDataExport(_before: unknown, form: unknown): Promise<string | null> {
  const { key } = readFields(form, ['key']);
  const input = { idempotencyKey: isUuid(key) ? key : crypto.randomUUID() };
  const { data, faults } = await change(RequestDataExportMutation, { input }, await currentCaller());
  if (!data?.requestDataExport) return await messageOf(faults[0]);
  refresh();
  return null;
}
