import { type FaultCode, hasCode } from '../../gateway/faults.ts';
import type { Outcome, Send } from '../../gateway/send.ts';
import type { Graph } from '../../graph/client.ts';
import { sendBy } from '../../graph/send-by.ts';
import { describe, upload } from '../media/upload.ts';
import { UploadFault } from '../media/upload-fault.ts';
import { createPost } from './create-post.ts';
import { outboxOf, type WaitingPost } from './outbox.ts';
import { postForm } from './post-form.ts';

/* What was written without a connection, sent when there is one. Loaded with the graph. */

const again = 15_000;
const lock = 'socialhub-waiting-posts';
const passing: readonly FaultCode[] = [
  'UNAVAILABLE',
  'RATE_LIMITED',
  'INTERNAL_SERVER_ERROR',
  'UNAUTHENTICATED',
];

/** Sends somebody's waiting posts, in their order and by one tab, whenever there is a connection, until it is called. */
export function sendOutbox(graph: Graph, viewerId: string, onSent: () => void): () => void {
  const outbox = outboxOf(viewerId);
  let isRunning = false;
  let isOver = false;
  let isHere = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const next = () => outbox.now().posts.find(({ fault }) => fault === null);

  async function sendAll(): Promise<void> {
    await outbox.read();
    for (let post = next(); post && !isOver; post = next()) {
      outbox.setSending(post.id);
      const outcome = await send(graph, post).catch((error: unknown) => outcomeOf(error));
      if (outcome === 'away') {
        timer = setTimeout(run, again);
        break;
      }
      if (outcome === 'sent') await outbox.remove(post.id);
      else await outbox.setFault(post.id, outcome.fault);
      if (outcome === 'sent') onSent();
    }
    outbox.setSending(null);
  }

  function run(): void {
    clearTimeout(timer);
    if (isRunning || isOver || !isHere || !next()) return;
    isRunning = true;
    inTurn(sendAll).finally(() => {
      isRunning = false;
    });
  }

  const stops = [
    graph.onConnection((now) => {
      isHere = now === 'here';
      run();
    }),
    outbox.subscribe(run),
  ];
  return () => {
    isOver = true;
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

type SendOutcome = 'sent' | 'away' | { fault: string };

async function send(graph: Graph, post: WaitingPost): Promise<SendOutcome> {
  const mediaIds: string[] = [];
  for (const { key, file, altText, mediaId } of post.pictures) {
    const signal = new AbortController().signal;
    const id = mediaId ?? (await upload(graph, file, { key, signal, show: () => undefined }));
    if (altText !== '') await describe(graph, id, altText);
    mediaIds.push(id);
  }
  let outcome: Outcome<unknown> = { data: null, faults: [] };
  const byClient = sendBy(graph.client);
  const heard: Send = async (...change) => {
    const answer = await byClient(...change);
    outcome = answer;
    return answer;
  };
  const { postId, fault } = await createPost(heard, postForm({ ...post, mediaIds }), null);
  if (postId !== null) return 'sent';
  return passing.some((code) => hasCode(outcome.faults, code)) ? 'away' : { fault: fault ?? '' };
}

/** A picture that cannot be sent. Whatever else went wrong may go right later. */
const outcomeOf = (error: unknown): SendOutcome =>
  error instanceof UploadFault && !error.canRetry ? { fault: error.message } : 'away';

/** Pages without TLS that are not on this machine have no locks; what two tabs send has one key. */
const inTurn = (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request(lock, work) : work();
