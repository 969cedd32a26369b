'use server';

import { refresh } from 'next/cache';
import { messageOf } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { UpdateProfileMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Takes the signed-in person's picture from their profile; gives a text when it is refused. */
export async function removePicture(): Promise<string | null> {
  const { faults } = await change(
    UpdateProfileMutation,
    { input: { avatarId: null } },
    await currentCaller(),
  );
  if (faults.length > 0) return messageOf(faults[0]);
  refresh();
  return null;
}
