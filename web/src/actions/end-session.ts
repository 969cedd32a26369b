'use server';

import { refresh } from 'next/cache';
import { change } from '../gateway/client.ts';
import { hasCode } from '../gateway/faults.ts';
import { RevokeSessionMutation } from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { messageOf, readFields } from './form-state.ts';

export type EndedState = { ended: number; fault: string | null };

/** Signs another device of the signed-in person out; one that is signed out already is as good. */
export async function endSession(before: EndedState, data: FormData): Promise<EndedState> {
  const { sessionId } = readFields(data, ['sessionId']);
  const outcome = await change(RevokeSessionMutation, { sessionId }, await currentCaller());
  if (!outcome.data?.revokeSession && !hasCode(outcome.faults, 'NOT_FOUND')) {
    return { ...before, fault: messageOf(outcome.faults[0]) };
  }
  refresh();
  return { ended: before.ended + 1, fault: null };
}
