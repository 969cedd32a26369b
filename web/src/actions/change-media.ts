'use server';

import { refresh } from 'next/cache';
import { change } from '../gateway/client.ts';
import { DeleteMediaMutation, SetAltTextMutation } from '../gateway/operations.ts';
import { currentCaller } from '../session/current-session.ts';
import { emptyForm, type FormState, formFaults, readFields } from './form-state.ts';

export interface MediaState extends FormState {
  saved: boolean;
}

/** Says what a picture shows, or deletes it, as the form's `intent` says. */
export async function changeMedia(_before: unknown, data: unknown): Promise<MediaState> {
  const { intent, mediaId, ...typed } = readFields(data, ['intent', 'mediaId', 'altText']);
  const altText = typed.altText.replaceAll('\r\n', '\n');
  const caller = await currentCaller();
  const isDeleting = intent === 'delete';
  const { faults } = isDeleting
    ? await change(DeleteMediaMutation, { input: { mediaId } }, caller)
    : await change(SetAltTextMutation, { input: { mediaId, altText } }, caller);
  if (faults.length > 0) {
    return { ...formFaults(faults, { altText }, { altText: 'The description' }), saved: false };
  }
  refresh();
  return { ...emptyForm, values: { altText }, saved: !isDeleting };
}
