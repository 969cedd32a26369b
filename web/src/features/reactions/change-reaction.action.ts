'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { changeReaction } from './change-reaction.ts';

export async function changeReactionAction(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await changeReaction(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
