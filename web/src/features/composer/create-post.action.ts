'use server';

import { isUuid } from '@socialhub/platform/ids';
import { hasVisible } from '@socialhub/platform/text/visible';
import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { countOf } from '../../actions/call-arguments.ts';
import { formFaults, messageOf, readFields } from '../../actions/form-state.ts';
import { change } from '../../gateway/client.ts';
import { CreatePostMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { type Audience, audienceOf } from './audience.ts';

/** key: the idempotency key of the next attempt; it changes only once a post was made, so that a retry makes no second. */
export interface ComposeState {
  key: string;
  text: string;
  contentWarning: string;
  visibility: Audience;
  fault: string | null;
  posted: number;
  /** The post that was made. */
  postId: string | null;
}

const labels = {
  text: 'A post',
  contentWarning: 'A content warning',
  mediaIds: 'The pictures',
  quoteOfId: 'The quoted post',
};

/**
 * Posts what the form says for the signed-in person and shows the page anew, or with `next` = "post" the post; what was typed comes
 * back when it did not work. `mediaIds` are apart by spaces.
 */
export async function createPost(before: unknown, data: unknown): Promise<ComposeState> {
  const typed = readFields(data, [
    'text',
    'contentWarning',
    'visibility',
    'quoteOfId',
    'mediaIds',
    'key',
    'next',
  ]);
  const text = typed.text.replaceAll('\r\n', '\n');
  const { contentWarning } = typed;
  const visibility = audienceOf(typed.visibility);
  const posted = countOf(before, 'posted');
  const key = isUuid(typed.key) ? typed.key : crypto.randomUUID();
  const mediaIds = typed.mediaIds.split(' ').filter((id) => id !== '');
  const failed = (fault: string): ComposeState => ({
    key,
    text,
    contentWarning,
    visibility,
    fault,
    posted,
    postId: null,
  });

  if (!hasVisible(text) && mediaIds.length === 0) return failed('Write something first.');
  const caller = await currentCaller();
  if (!caller.accessToken) return failed('You have been signed out. Please sign in again.');
  const input = {
    text,
    visibility,
    idempotencyKey: key,
    ...(contentWarning.trim() && { contentWarning }),
    ...(mediaIds.length > 0 && { mediaIds }),
    ...(typed.quoteOfId && { quoteOfId: typed.quoteOfId }),
  };
  const { data: done, faults } = await change(CreatePostMutation, { input }, caller);
  if (!done?.createPost) {
    const { fields, message } = formFaults(faults, {}, labels);
    return failed(Object.values(fields)[0] ?? message ?? messageOf(faults[0]));
  }
  const postId = done.createPost.post.id;
  if (typed.next === 'post') redirect(`/post/${encodeURIComponent(postId)}`);
  refresh();
  return {
    key: crypto.randomUUID(),
    text: '',
    contentWarning: '',
    visibility,
    fault: null,
    posted: posted + 1,
    postId,
  };
}
