'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { UpdateProfileMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

export interface ProfileState extends FormState {
  saved: boolean;
}

/** Changes how the signed-in person is seen; gives the form back with its faults where that is refused. */
export async function updateProfile(_before: unknown, data: unknown): Promise<ProfileState> {
  const typed = readFields(data, ['displayName', 'bio', 'isPrivate']);
  const values = { ...typed, bio: typed.bio.replaceAll('\r\n', '\n') };
  const input = {
    displayName: values.displayName,
    bio: values.bio.trim() === '' ? null : values.bio,
    isPrivate: values.isPrivate !== '',
  };
  const { faults } = await change(UpdateProfileMutation, { input }, await currentCaller());
  if (faults.length > 0) {
    const t = await textsNow('profile');
    const labels = { displayName: t('name'), bio: t('ofYourself') };
    return { ...(await formFaults(faults, values, labels)), saved: false };
  }
  refresh();
  return { ...emptyForm, saved: true };
}
