'use server';

import { setTimeout as pause } from 'node:timers/promises';
import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { emptyForm, type FormState, formFaults, readFields } from '../../forms/form-state.ts';
import { ask, type Caller, change } from '../../gateway/client.ts';
import { DeleteMediaMutation, PostMediaQuery, SetAltTextMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

export interface MediaState extends FormState {
  saved: boolean;
}

/** Says what a picture of a post shows, or deletes it, as the form's `intent` says. */
export async function changeMedia(_before: unknown, data: unknown): Promise<MediaState> {
  const t = await textsNow('uploads');
  const { intent, mediaId, postId, ...typed } = readFields(data, ['intent', 'mediaId', 'postId', 'altText']);
  const altText = typed.altText.replaceAll('\r\n', '\n');
  const caller = await currentCaller();
  const isDeleting = intent === 'delete';
  const { faults } = isDeleting
    ? await change(DeleteMediaMutation, { input: { mediaId } }, caller)
    : await change(SetAltTextMutation, { input: { mediaId, altText } }, caller);
  if (faults.length > 0) {
    return { ...(await formFaults(faults, { altText }, { altText: t('theDescription') })), saved: false };
  }
  if (isDeleting) await untilLeftOut(postId, mediaId, caller);
  refresh();
  return { ...emptyForm, values: { altText }, saved: !isDeleting };
}

const waitsMs = [20, 50, 100, 200, 400, 800];

/** A post has no list of its pictures until its service has heard that one is gone: the page is shown again once it has, or soon. */
async function untilLeftOut(postId: string, mediaId: string, caller: Caller): Promise<void> {
  for (const waitMs of waitsMs) {
    await pause(waitMs);
    const { data } = await ask(PostMediaQuery, { id: postId }, caller);
    if (data?.post?.media?.every(({ id }) => id !== mediaId)) return;
  }
}
