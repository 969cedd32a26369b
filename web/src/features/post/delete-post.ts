import { textsNow } from '#texts';
import { formFaults, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { DeletePostDocument } from './generated/documents.ts';

export interface DeletedState {
  fault: string | null;
  isDeleted: boolean;
}

/** Deletes the form's post. */
export async function deletePost(send: Send, form: unknown): Promise<DeletedState> {
  const t = await textsNow('post');
  const { postId } = readFields(form, ['postId']);
  const { faults } = await send(DeletePostDocument, { postId });
  if (faults.length === 0) return { fault: null, isDeleted: true };
  const { fields, message } = await formFaults(faults, {}, { postId: t('thisPost') });
  return { fault: fields.postId ?? message, isDeleted: false };
}
