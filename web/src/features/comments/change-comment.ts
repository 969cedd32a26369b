import type { ApolloCache } from '@apollo/client';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { DeleteCommentDocument, UpdateCommentDocument } from './generated/documents.ts';

export interface ChangeCommentState extends FormState {
  isSaved: boolean;
}

/** Saves the new text of a comment, or deletes it, as `intent` says; the text comes back when it did not work. */
export async function changeComment(send: Send, form: unknown): Promise<ChangeCommentState> {
  const t = await textsNow('comments');
  const typed = readFields(form, ['intent', 'commentId', 'text']);
  const { intent, commentId } = typed;
  const text = typed.text.replaceAll('\r\n', '\n');
  const { faults } =
    intent === 'delete'
      ? await send(DeleteCommentDocument, { commentId }, { update: (cache) => leavePlace(cache, commentId) })
      : await send(UpdateCommentDocument, { commentId, text });
  if (faults.length > 0)
    return { ...(await formFaults(faults, { text }, { text: t('aComment') })), isSaved: false };
  return { ...emptyForm, isSaved: intent !== 'delete' };
}

/** Of a comment that is gone its place remains. */
function leavePlace(cache: ApolloCache, commentId: string): void {
  cache.modify({
    id: `Comment:${commentId}`,
    fields: {
      text: () => '',
      author: () => null,
      deletedAt: () => new Date().toISOString(),
      reactions: () => [],
      viewerReactions: () => [],
    },
  });
}
