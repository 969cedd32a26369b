'use server';

import { change } from '../gateway/client.ts';
import { ConfirmEmailChangeMutation } from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { forgetMailToken, readMailToken } from '../session/mail-token.ts';
import { messageOf } from './form-state.ts';
import { isTokenRefused } from './mail-link-state.ts';

/** What became of a link of a change of address: `half` when the one at the other address is still to be used. */
export type EmailChangeState =
  | { outcome: 'waiting' | 'done' | 'half' | 'refused' | 'incomplete' }
  | { outcome: 'failed'; message: string };

/** Confirms one end of the change by the token of the link that was followed; the token is used up here and not before. */
export async function confirmEmailChange(): Promise<EmailChangeState> {
  const token = await readMailToken('/change-email');
  if (token === null) return { outcome: 'incomplete' };
  const { data, faults } = await change(ConfirmEmailChangeMutation, { token }, await currentCaller());
  if (data?.confirmEmailChange) {
    await forgetMailToken('/change-email');
    return { outcome: data.confirmEmailChange.changed ? 'done' : 'half' };
  }
  if (!isTokenRefused(faults)) return { outcome: 'failed', message: messageOf(faults[0]) };
  await forgetMailToken('/change-email');
  return { outcome: 'refused' };
}
