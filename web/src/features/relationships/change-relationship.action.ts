'use server';

import { refresh } from 'next/cache';
import { sendAs } from '../../gateway/client.ts';
import { currentCaller } from '../../session/current-session.ts';
import { changeRelationship as change } from './change-relationship.ts';

export async function changeRelationship(_before: unknown, sent: unknown): Promise<string | null> {
  const fault = await change(sendAs(await currentCaller()), sent);
  if (fault === null) refresh();
  return fault;
}
