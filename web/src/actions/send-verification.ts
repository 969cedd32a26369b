'use server';

import { change } from '../gateway/client.ts';
import { RequestEmailVerificationMutation } from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { messageOf } from './form-state.ts';

export type SentState = { sent: number; fault: string | null };

/** Sends the mail again with which the signed-in person confirms their address. */
export async function sendVerification(before: SentState): Promise<SentState> {
  const { data, faults } = await change(RequestEmailVerificationMutation, {}, await currentCaller());
  if (!data?.requestEmailVerification) return { ...before, fault: messageOf(faults[0]) };
  return { sent: before.sent + 1, fault: null };
}
