'use server';

import { refresh } from 'next/cache';
import { formFaults, readFields } from '../../actions/form-state.ts';
import { change } from '../../gateway/client.ts';
import { ReactToCommentMutation, RemoveCommentReactionMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Puts the emoji of the pressed button (`give`) on a comment, or takes it off (`take`); gives a text when it is refused. */
export async function changeCommentReaction(_before: unknown, data: unknown): Promise<string | null> {
  const { commentId, give, take } = readFields(data, ['commentId', 'give', 'take']);
  const caller = await currentCaller();
  const { faults } =
    take === ''
      ? await change(ReactToCommentMutation, { input: { commentId, emoji: give } }, caller)
      : await change(RemoveCommentReactionMutation, { input: { commentId, emoji: take } }, caller);
  if (faults.length > 0) {
    const { fields, message } = formFaults(faults, {}, { emoji: 'This emoji', commentId: 'This comment' });
    return fields.emoji ?? fields.commentId ?? message;
  }
  refresh();
  return null;
}
