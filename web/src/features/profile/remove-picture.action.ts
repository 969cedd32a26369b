'use server';

import { refresh } from 'next/cache';
import { messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { UpdateProfileMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { PICTURE_KINDS } from './picture-kinds.ts';

/** Takes the signed-in person's picture, or their banner, from their profile; gives a text when it is refused. */
export async function removePicture(_before: unknown, data: unknown): Promise<string | null> {
  const { kind } = readFields(data, ['kind']);
  const { field } = PICTURE_KINDS[kind === 'banner' ? 'banner' : 'avatar'];
  const { faults } = await change(UpdateProfileMutation, { input: { [field]: null } }, await currentCaller());
  if (faults.length > 0) return messageOf(faults[0]);
  refresh();
  return null;
}
