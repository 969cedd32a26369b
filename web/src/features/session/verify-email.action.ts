'use server';

import { messageOf } from '../../forms/form-state.ts';
import { ask, change } from '../../gateway/client.ts';
import { EmailStandingQuery, VerifyEmailMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { forgetMailToken, readMailToken } from '../../session/mail-token.ts';
import { isTokenRefused, type MailLinkState } from './mail-link-state.ts';

/** Confirms the address by the token of the link that was followed; the token is used up here and not before. */
export async function verifyEmail(): Promise<MailLinkState> {
  const token = await readMailToken('/verify-email');
  if (token === null) return { outcome: 'incomplete' };
  const caller = await currentCaller();
  const { data, faults } = await change(VerifyEmailMutation, { input: { token } }, caller);
  if (data?.verifyEmail) {
    await forgetMailToken('/verify-email');
    return { outcome: 'done' };
  }
  if (!isTokenRefused(faults)) return { outcome: 'failed', message: await messageOf(faults[0]) };
  await forgetMailToken('/verify-email');
  // Who follows a link a second time has reached what they want.
  const standing = caller.accessToken ? await ask(EmailStandingQuery, {}, caller) : null;
  return { outcome: standing?.data?.account?.emailVerified ? 'already' : 'refused' };
}
