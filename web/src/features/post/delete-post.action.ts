'use server';

import { redirect } from 'next/navigation';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { type DeletedState, deletePost } from './delete-post.ts';

export async function deletePostAction(_before: unknown, sent: unknown): Promise<DeletedState> {
  const state = await deletePost(sendAs(await currentCaller()), sent);
  if (state.isDeleted) redirect('/');
  return state;
}
