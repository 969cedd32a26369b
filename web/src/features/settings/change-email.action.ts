'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { CancelEmailChangeMutation, ChangeEmailMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { readCode } from './read-proof.ts';

export interface ChangeEmailState extends FormState {
  done: 'asked' | 'cancelled' | null;
}

/** Asks for another address, or drops the change that waits, as the form's `intent` says. */
export async function changeEmail(_before: unknown, data: unknown): Promise<ChangeEmailState> {
  const t = await textsNow('settings');
  const { intent, newEmail, currentPassword, endOtherSessions } = readFields(data, [
    'intent',
    'newEmail',
    'currentPassword',
    'endOtherSessions',
  ]);
  const caller = await currentCaller();
  if (intent === 'cancel') {
    const { data: done, faults } = await change(CancelEmailChangeMutation, {}, caller);
    // One that is over already is as good as dropped.
    if (!done?.cancelEmailChange && !hasCode(faults, 'NOT_FOUND')) {
      return { ...(await formFaults(faults, {}, {})), done: null };
    }
    refresh();
    return { ...emptyForm, done: 'cancelled' };
  }
  const input = { newEmail, currentPassword, endOtherSessions: endOtherSessions !== '', ...readCode(data) };
  const { data: done, faults } = await change(ChangeEmailMutation, { input }, caller);
  if (!done?.changeEmail) {
    const labels = { newEmail: t('newAddress'), currentPassword: t('password'), twoFactorCode: t('code') };
    return { ...(await formFaults(faults, { newEmail }, labels)), done: null };
  }
  refresh();
  return { ...emptyForm, done: 'asked' };
}
