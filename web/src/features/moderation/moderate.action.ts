'use server';

import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { type Caller, change, type Outcome } from '../../gateway/client.ts';
import {
  ReinstateMutation,
  RemoveCommentMutation,
  RemovePostMutation,
  RestoreCommentMutation,
  RestorePostMutation,
  SuspendMutation,
} from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

export interface ModerateState extends FormState {
  done: 'taken' | 'given-back' | null;
}

type Kind = 'post' | 'comment' | 'account';

const TAKE: Record<Kind, (id: string, reason: string, caller: Caller) => Promise<Outcome<object>>> = {
  post: (postId, reason, caller) => change(RemovePostMutation, { input: { postId, reason } }, caller),
  comment: (commentId, reason, caller) =>
    change(RemoveCommentMutation, { input: { commentId, reason } }, caller),
  account: (userId, reason, caller) => change(SuspendMutation, { input: { userId, reason } }, caller),
};

const GIVE_BACK: Record<Kind, (id: string, caller: Caller) => Promise<Outcome<object>>> = {
  post: (postId, caller) => change(RestorePostMutation, { input: { postId } }, caller),
  comment: (commentId, caller) => change(RestoreCommentMutation, { input: { commentId } }, caller),
  account: (userId, caller) => change(ReinstateMutation, { input: { userId } }, caller),
};

/** Removes a post or a comment, or suspends an account, with a reason; or brings it back, as `intent` says. */
export async function moderate(_before: unknown, data: unknown): Promise<ModerateState> {
  const t = await textsNow('moderation');
  const { intent, what, id, reason } = readFields(data, ['intent', 'what', 'id', 'reason']);
  const kind = what === 'post' || what === 'comment' ? what : 'account';
  const caller = await currentCaller();
  const { faults } =
    intent === 'give-back' ? await GIVE_BACK[kind](id, caller) : await TAKE[kind](id, reason, caller);
  if (faults.length > 0) {
    return { ...(await formFaults(faults, { reason }, { reason: t('reason') })), done: null };
  }
  refresh();
  return { ...emptyForm, done: intent === 'give-back' ? 'given-back' : 'taken' };
}
