import { textsNow } from '#texts';
import type { Graph } from '../../graph/client.ts';
import { type Heard, hearing } from '../../graph/hearing.ts';
import { describe, upload } from '../media/upload.ts';
import { UploadFault } from '../media/upload-fault.ts';
import type { Waiting } from '../outbox/outbox.ts';
import { type Sent, sentOf } from '../outbox/send-waiting.ts';
import { createPost } from './create-post.ts';
import { postForm } from './post-form.ts';
import { isWaitingPost } from './waiting-posts.ts';

/* A post that was written without a connection, sent when there is one. Loaded with the graph. */

/** Sends a waiting post with its pictures. */
export async function sendWaitingPost(graph: Graph, post: Waiting, signal: AbortSignal): Promise<Sent> {
  const t = await textsNow('composer');
  if (!isWaitingPost(post)) return { fault: t('cannotBeSentAny') };
  try {
    const mediaIds: string[] = [];
    // A picture that takes longer goes on, and is found by its key next time.
    const endless = new AbortController().signal;
    for (const { key, file, altText, mediaId } of post.pictures) {
      const id = mediaId ?? (await upload(graph, file, { key, signal: endless, show: () => undefined }));
      if (altText !== '') await describe(graph, id, altText);
      mediaIds.push(id);
    }
    const heard: Heard = { faults: [] };
    const { postId, fault } = await createPost(
      hearing(graph, heard, signal),
      postForm({ ...post, mediaIds }),
      null,
    );
    return postId !== null ? 'sent' : sentWith(heard, fault);
  } catch (error) {
    // A picture that cannot be sent. Whatever else went wrong may go right later.
    return error instanceof UploadFault && !error.canRetry ? { fault: error.message } : { again: null };
  }
}

/** As `sentOf`, in the form's own words. */
async function sentWith({ faults }: Heard, fault: string | null): Promise<Sent> {
  const sent = await sentOf(faults[0]);
  return 'fault' in sent && fault !== null ? { fault } : sent;
}
