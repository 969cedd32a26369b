import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { UpdatePostDocument } from './generated/documents.ts';

export interface UpdatePostState extends FormState {
  isSaved: boolean;
}

/** Saves the form's text and content warning of one's post; what was typed comes back when it did not work. */
export async function updatePost(send: Send, form: unknown): Promise<UpdatePostState> {
  const t = await textsNow('post');
  const { postId, ...typed } = readFields(form, ['postId', 'text', 'contentWarning']);
  const text = typed.text.replaceAll('\r\n', '\n');
  const contentWarning = typed.contentWarning.trim() === '' ? null : typed.contentWarning;
  const { faults } = await send(UpdatePostDocument, { input: { postId, text, contentWarning } });
  if (faults.length === 0) return { ...emptyForm, isSaved: true };
  const labels = { text: t('aPost'), contentWarning: t('aWarning') };
  return { ...(await formFaults(faults, { ...typed, text }, labels)), isSaved: false };
}
