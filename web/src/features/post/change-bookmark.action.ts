'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { changeBookmark } from './change-bookmark.ts';

export async function changeBookmarkAction(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await changeBookmark(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
