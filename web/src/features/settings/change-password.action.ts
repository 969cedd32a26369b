'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { countOf } from '../../forms/call-arguments.ts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { ChangePasswordMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { readCode } from './read-proof.ts';

export interface ChangeState extends FormState {
  changed: number;
}

/** Gives the signed-in person a new password; every other session ends. */
export async function changePassword(before: unknown, data: unknown): Promise<ChangeState> {
  const changed = countOf(before, 'changed');
  const input = { ...readFields(data, ['currentPassword', 'newPassword']), ...readCode(data) };
  const outcome = await change(ChangePasswordMutation, { input }, await currentCaller());
  if (!outcome.data?.changePassword) {
    const t = await textsNow('settings');
    const labels = {
      currentPassword: t('currentPassword'),
      newPassword: t('newPassword'),
      twoFactorCode: t('code'),
    };
    return { ...(await formFaults(outcome.faults, {}, labels)), changed };
  }
  refresh();
  return { ...emptyForm, changed: changed + 1 };
}
