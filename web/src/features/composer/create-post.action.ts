'use server';

import { isUuid } from '@socialhub/platform/ids';
import { hasVisible } from '@socialhub/platform/text/visible';
import { refresh } from 'next/cache';
import { countOf } from '../../actions/call-arguments.ts';
import { formFaults, messageOf, readFields } from '../../actions/form-state.ts';
import { change } from '../../gateway/client.ts';
import { CreatePostMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** key: the idempotency key of the next attempt; it changes only once a post was made, so that a retry makes no second. */
export interface ComposeState {
  key: string;
  text: string;
  visibility: 'PUBLIC' | 'FOLLOWERS';
  fault: string | null;
  posted: number;
}

/** Posts the text for the signed-in person and shows the timeline anew; the text comes back when it did not work. */
export async function createPost(before: unknown, data: unknown): Promise<ComposeState> {
  const typed = readFields(data, ['text', 'visibility', 'key']);
  const text = typed.text.replaceAll('\r\n', '\n');
  const visibility = typed.visibility === 'FOLLOWERS' ? 'FOLLOWERS' : 'PUBLIC';
  const posted = countOf(before, 'posted');
  const key = isUuid(typed.key) ? typed.key : crypto.randomUUID();
  const failed = (fault: string): ComposeState => ({ key, text, visibility, fault, posted });

  if (!hasVisible(text)) return failed('Write something first.');
  const caller = await currentCaller();
  if (!caller.accessToken) return failed('You have been signed out. Please sign in again.');
  const input = { text, visibility, idempotencyKey: key } as const;
  const { data: done, faults } = await change(CreatePostMutation, { input }, caller);
  if (!done?.createPost) {
    const shown = formFaults(faults, {}, { text: 'A post' });
    return failed(shown.fields.text ?? shown.message ?? messageOf(faults[0]));
  }
  refresh();
  return { key: crypto.randomUUID(), text: '', visibility, fault: null, posted: posted + 1 };
}
