'use server';

import { isUuid } from '@socialhub/platform/ids';
import { hasVisible } from '@socialhub/platform/text/visible';
import { refresh } from 'next/cache';
import { textsNow } from '#texts';
import { countOf } from '../../forms/call-arguments.ts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import { change } from '../../gateway/client.ts';
import { SendMessageMutation } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';

/** key: the idempotency key of the next attempt; it changes only once a message was sent. */
export interface SendState {
  key: string;
  text: string;
  fault: string | null;
  sent: number;
}

/** Sends the message of the form, where a page has no script for it or not yet; the text comes back when it did not work. */
export async function sendMessage(before: unknown, data: unknown): Promise<SendState> {
  const t = await textsNow('chat');
  const typed = readFields(data, ['conversationId', 'text', 'key']);
  const text = typed.text.replaceAll('\r\n', '\n');
  const sent = countOf(before, 'sent');
  const key = isUuid(typed.key) ? typed.key : crypto.randomUUID();
  const failed = (fault: string): SendState => ({ key, text, fault, sent });
  if (!hasVisible(text)) return failed(t('writeSomethingFirst'));
  const input = { conversationId: typed.conversationId, text, idempotencyKey: key };
  const { data: done, faults } = await change(SendMessageMutation, { input }, await currentCaller());
  if (!done?.sendMessage) {
    const shown = await formFaults(
      faults,
      {},
      { text: t('aMessage'), conversationId: t('thisConversation') },
    );
    return failed(
      shown.fields.text ?? shown.fields.conversationId ?? shown.message ?? (await messageOf(faults[0])),
    );
  }
  refresh();
  return { key: crypto.randomUUID(), text: '', fault: null, sent: sent + 1 };
}
