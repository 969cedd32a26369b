'use server';

import { countOf } from '../../forms/call-arguments.ts';
import { messageOf } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { RequestEmailVerificationMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** sent: null when there was nothing to send, since the address is confirmed already. */
export type SentState = { sent: number | null; fault: string | null };

/** Sends the mail again with which the signed-in person confirms their address. */
export async function requestEmailVerification(before: unknown): Promise<SentState> {
  const sent = countOf(before, 'sent');
  const { data, faults } = await change(RequestEmailVerificationMutation, {}, await currentCaller());
  if (!data?.requestEmailVerification) return { sent, fault: await messageOf(faults[0]) };
  if (!data.requestEmailVerification.sent) return { sent: null, fault: null };
  return { sent: sent + 1, fault: null };
}
