'use server';

import { refresh } from 'next/cache';
import { change } from '../gateway/client.ts';
import {
  ReinstateMutation,
  RemoveCommentMutation,
  RemovePostMutation,
  RestoreCommentMutation,
  RestorePostMutation,
  SuspendMutation,
} from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { emptyForm, type FormState, formFaults, readFields } from './form-state.ts';

export interface ModerateState extends FormState {
  done: 'taken' | 'given-back' | null;
}

const TAKE = { post: RemovePostMutation, comment: RemoveCommentMutation, account: SuspendMutation };
const GIVE_BACK = { post: RestorePostMutation, comment: RestoreCommentMutation, account: ReinstateMutation };

/** Removes a post or a comment, or suspends an account, with a reason; or brings it back, as `intent` says. */
export async function moderate(_before: ModerateState, data: FormData): Promise<ModerateState> {
  const { intent, what, id, reason } = readFields(data, ['intent', 'what', 'id', 'reason']);
  const kind = what === 'post' || what === 'comment' ? what : 'account';
  const caller = await currentCaller();
  const { data: done, faults } =
    intent === 'give-back'
      ? await change<object, { id: string }>(GIVE_BACK[kind], { id }, caller)
      : await change<object, { id: string; reason: string }>(TAKE[kind], { id, reason }, caller);
  if (!done || faults.length > 0) {
    return { ...formFaults(faults, { reason }, { reason: 'Reason' }), done: null };
  }
  refresh();
  return { ...emptyForm, done: intent === 'give-back' ? 'given-back' : 'taken' };
}
