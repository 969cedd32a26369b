'use server';

import { refresh } from 'next/cache';
import { countOf } from '../../forms/call-arguments.ts';
import { messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { EndAllSessionsMutation, RevokeSessionMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

export interface EndedState {
  ended: number;
  all: boolean;
  fault: string | null;
}

/** Signs another device of the signed-in person out; one that is signed out already is as good. Without one named, all. */
export async function endSession(before: unknown, data: unknown): Promise<EndedState> {
  const { sessionId } = readFields(data, ['sessionId']);
  const ended = countOf(before, 'ended');
  const all = sessionId === '';
  const caller = await currentCaller();
  const { faults } = all
    ? await change(EndAllSessionsMutation, { input: { exceptCurrent: true } }, caller)
    : await change(RevokeSessionMutation, { input: { sessionId } }, caller);
  if (faults.length > 0 && !hasCode(faults, 'NOT_FOUND'))
    return { ended, all, fault: await messageOf(faults[0]) };
  refresh();
  return { ended: ended + 1, all, fault: null };
}
