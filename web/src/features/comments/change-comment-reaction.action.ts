'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { changeCommentReaction } from './change-comment-reaction.ts';

export async function changeCommentReactionAction(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await changeCommentReaction(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
