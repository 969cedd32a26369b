'use server';

import { refresh } from 'next/cache';
import { emptyForm, type FormState, formFaults, readFields } from '../../actions/form-state.ts';
import { change } from '../../gateway/client.ts';
import { DeleteCommentMutation, UpdateCommentMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

export interface ChangeCommentState extends FormState {
  isSaved: boolean;
}

/** Saves the new text of a comment, or deletes it, as `intent` says; the text comes back when it did not work. */
export async function changeComment(_before: unknown, data: unknown): Promise<ChangeCommentState> {
  const typed = readFields(data, ['intent', 'commentId', 'text']);
  const { intent, commentId } = typed;
  const text = typed.text.replaceAll('\r\n', '\n');
  const caller = await currentCaller();
  const { faults } =
    intent === 'delete'
      ? await change(DeleteCommentMutation, { input: { commentId } }, caller)
      : await change(UpdateCommentMutation, { input: { commentId, text } }, caller);
  if (faults.length > 0) return { ...formFaults(faults, { text }, { text: 'A comment' }), isSaved: false };
  refresh();
  return { ...emptyForm, isSaved: intent !== 'delete' };
}
