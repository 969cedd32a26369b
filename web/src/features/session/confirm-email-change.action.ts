'use server';

import { messageOf } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { ConfirmEmailChangeMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { forgetMailToken, readMailToken } from '../../session/mail-token.ts';
import { isTokenRefused, type MailLinkState } from './mail-link-state.ts';

/** Confirms one end of a change of address by the token of the link that was followed. */
export async function confirmEmailChange(): Promise<MailLinkState> {
  const token = await readMailToken('/change-email');
  if (token === null) return { outcome: 'incomplete' };
  const input = { token };
  const { data, faults } = await change(ConfirmEmailChangeMutation, { input }, await currentCaller());
  const refused = isTokenRefused(faults);
  if (data?.confirmEmailChange || refused) await forgetMailToken('/change-email');
  if (data?.confirmEmailChange) return { outcome: data.confirmEmailChange.changed ? 'done' : 'half' };
  return refused ? { outcome: 'refused' } : { outcome: 'failed', message: await messageOf(faults[0]) };
}
