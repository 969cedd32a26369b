'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { mutePerson as mute } from './mute-person.ts';

export async function mutePerson(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await mute(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
