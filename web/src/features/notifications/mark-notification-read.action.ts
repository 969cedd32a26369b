'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { markNotificationRead } from './mark-notification-read.ts';

export async function markNotificationReadAction(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await markNotificationRead(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
