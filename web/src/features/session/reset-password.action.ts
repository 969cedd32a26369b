'use server';

import { redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { ResetPasswordMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { forgetMailToken, readMailToken } from '../../session/mail-token.ts';
import { forgetSession } from '../../session/write-session.ts';
import { isTokenRefused } from './mail-link-state.ts';

export interface ResetState extends FormState {
  /** The link is worth nothing (any more). */
  refused: boolean;
}

/** Sets a new password by the token of the link that was followed; every session is over then, this browser's too. */
export async function resetPassword(_before: unknown, data: unknown): Promise<ResetState> {
  const t = await textsNow('session');
  const { newPassword } = readFields(data, ['newPassword']);
  const token = await readMailToken('/reset-password');
  if (token === null) return { ...emptyForm, refused: true };
  const input = { token, newPassword };
  const outcome = await change(ResetPasswordMutation, { input }, await currentCaller());
  if (!outcome.data?.resetPassword) {
    const refused = isTokenRefused(outcome.faults);
    if (refused) await forgetMailToken('/reset-password');
    return { ...(await formFaults(outcome.faults, {}, { newPassword: t('newPassword') })), refused };
  }
  await forgetMailToken('/reset-password');
  await forgetSession();
  redirect('/sign-in?reason=new-password');
}
