'use server';

import { refresh } from 'next/cache';
import { messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { MarkConversationReadMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** Marks a conversation as read up to the message that the form names, where no script does when it is seen. */
export async function markConversationRead(_before: unknown, data: unknown): Promise<string | null> {
  const { conversationId, upToSeq } = readFields(data, ['conversationId', 'upToSeq']);
  const seq = /^\d{1,9}$/.test(upToSeq) ? Number(upToSeq) : 0;
  const variables = { conversationId, upToSeq: seq };
  const { faults } = await change(MarkConversationReadMutation, variables, await currentCaller());
  if (faults.length > 0) return await messageOf(faults[0]);
  refresh();
  return null;
}
