'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { changeRepost } from './change-repost.ts';

export async function changeRepostAction(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await changeRepost(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
