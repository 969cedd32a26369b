'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { type ChangeCommentState, changeComment } from './change-comment.ts';

export async function changeCommentAction(_before: unknown, sent: unknown): Promise<ChangeCommentState> {
  const state = await changeComment(sendAs(await currentCaller()), sent);
  if (state.message === null && Object.keys(state.fields).length === 0) refresh();
  return state;
}
