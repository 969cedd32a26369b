'use server';

import { refresh } from 'next/cache';
import { change } from '../gateway/client.ts';
import { hasCode } from '../gateway/faults.ts';
import { EndOtherSessionsMutation, RevokeSessionMutation } from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { messageOf, readFields } from './form-state.ts';

export interface EndedState {
  ended: number;
  all: boolean;
  fault: string | null;
}

/** Signs another device of the signed-in person out; one that is signed out already is as good. Without one named, all. */
export async function endSession(before: EndedState, data: FormData): Promise<EndedState> {
  const { sessionId } = readFields(data, ['sessionId']);
  const all = sessionId === '';
  const caller = await currentCaller();
  const { data: done, faults } = all
    ? await change(EndOtherSessionsMutation, {}, caller)
    : await change(RevokeSessionMutation, { sessionId }, caller);
  if (!done && !hasCode(faults, 'NOT_FOUND')) return { ...before, fault: messageOf(faults[0]) };
  refresh();
  return { ended: before.ended + 1, all, fault: null };
}
