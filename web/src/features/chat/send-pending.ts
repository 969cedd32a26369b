import { textsNow } from '#texts';
import { faultsOf } from '../../gateway/faults.ts';
import type { Graph } from '../../graph/client.ts';
import type { Waiting } from '../outbox/outbox.ts';
import { type Sent, sentOf } from '../outbox/send-waiting.ts';
import { prepare, putMessage } from './chat-cache.ts';
import { SendMessageDocument } from './generated/documents.ts';
import { isPending, settlePending } from './pending.ts';

/** Sends a message of the outbox. */
export async function sendPending({ client }: Graph, pending: Waiting, signal: AbortSignal): Promise<Sent> {
  const t = await textsNow('chat');
  if (!isPending(pending)) return { fault: t('cannotBeSentAny') };
  prepare(client);
  const { key, conversationId, text, replyTo, media } = pending;
  const input = {
    conversationId,
    text,
    idempotencyKey: key,
    ...(replyTo && { replyToId: replyTo.id }),
    ...(media.length > 0 && { mediaIds: media.map(({ id }) => id) }),
  };
  try {
    const { data } = await client.mutate({
      mutation: SendMessageDocument,
      variables: { input },
      context: { fetchOptions: { signal } },
    });
    const message = data?.sendMessage?.message;
    if (!message) throw new Error('the gateway gave no message');
    putMessage(client, conversationId, message);
    settlePending(pending, message.seq);
    return 'sent';
  } catch (error) {
    return sentOf(faultsOf(error)[0]);
  }
}
