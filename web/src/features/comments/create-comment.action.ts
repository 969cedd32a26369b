'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { type CommentState, createComment } from './create-comment.ts';

export async function createCommentAction(before: unknown, sent: unknown): Promise<CommentState> {
  const state = await createComment(sendAs(await currentCaller()), sent, before);
  if (state.fault === null) refresh();
  return state;
}
