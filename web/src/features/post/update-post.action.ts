'use server';

import { redirect } from 'next/navigation';
import { readFields } from '../../forms/form-state.ts';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { type UpdatePostState, updatePost } from './update-post.ts';

export async function updatePostAction(_before: unknown, sent: unknown): Promise<UpdatePostState> {
  const state = await updatePost(sendAs(await currentCaller()), sent);
  if (state.isSaved) redirect(`/post/${encodeURIComponent(readFields(sent, ['postId']).postId)}`);
  return state;
}
