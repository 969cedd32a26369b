'use server';

import { refresh } from 'next/cache';
import { change } from '../gateway/client.ts';
import { RequestDataExportMutation } from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { messageOf } from './form-state.ts';

/** Has an archive of the signed-in person's data made; gives a text when it is not. */
export async function requestDataExport(_before: string | null): Promise<string | null> {
  const { data, faults } = await change(RequestDataExportMutation, {}, await currentCaller());
  if (!data?.requestDataExport) return messageOf(faults[0]);
  refresh();
  return null;
}
