'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { readFields } from '../../forms/form-state.ts';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { type ComposeState, createPost } from './create-post.ts';

/** Posts for the signed-in person and shows the page anew, or with `next` = "post" the post. */
export async function createPostAction(before: unknown, sent: unknown): Promise<ComposeState> {
  const state = await createPost(sendAs(await currentCaller()), sent, before);
  if (state.postId === null) return state;
  if (readFields(sent, ['next']).next === 'post') redirect(`/post/${encodeURIComponent(state.postId)}`);
  refresh();
  return state;
}
