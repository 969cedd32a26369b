import { formFaults, readFields } from '../../actions/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { ReactToCommentDocument, RemoveCommentReactionDocument } from './generated/documents.ts';

/** Puts the emoji of the pressed button (`give`) on a comment, or takes it off (`take`); gives a text when it is refused. */
export async function changeCommentReaction(send: Send, form: unknown): Promise<string | null> {
  const { commentId, give, take } = readFields(form, ['commentId', 'give', 'take']);
  const { faults } =
    take === ''
      ? await send(ReactToCommentDocument, { commentId, emoji: give })
      : await send(RemoveCommentReactionDocument, { commentId, emoji: take });
  if (faults.length === 0) return null;
  const { fields, message } = formFaults(faults, {}, { emoji: 'This emoji', commentId: 'This comment' });
  return fields.emoji ?? fields.commentId ?? message;
}
