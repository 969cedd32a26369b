import { textsNow } from '#texts';
import type { Graph } from '../../graph/client.ts';
import { type Heard, hearing } from '../../graph/hearing.ts';
import type { Waiting } from '../outbox/outbox.ts';
import { type Sent, sentOf } from '../outbox/send-waiting.ts';
import { createComment } from './create-comment.ts';
import { isWaitingComment } from './waiting-comments.ts';

/** Sends a comment that was written without a connection. */
export async function sendWaitingComment(graph: Graph, comment: Waiting, signal: AbortSignal): Promise<Sent> {
  const t = await textsNow('comments');
  if (!isWaitingComment(comment)) return { fault: t('cannotBeSentAny') };
  const { key, postId, parentId, text } = comment;
  const form = new FormData();
  for (const [name, value] of Object.entries({ key, postId, parentId: parentId ?? '', text }))
    form.set(name, value);
  const heard: Heard = { faults: [] };
  const { fault } = await createComment(hearing(graph, heard, signal), form, null);
  if (fault === null) return 'sent';
  const sent = await sentOf(heard.faults[0]);
  return 'fault' in sent ? { fault } : sent;
}
