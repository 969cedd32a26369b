import { messageOf } from '../../forms/form-state.ts';
import { type Fault, faultsOf } from '../../gateway/faults.ts';
import type { Graph } from '../../graph/client.ts';
import { prepare, putMessage } from './chat-cache.ts';
import { SendMessageDocument } from './generated/documents.ts';
import { changePending, isStillPending, onOutbox, outbox, type Pending, settlePending } from './outbox.ts';

/** Longer than this an answer is not waited for. */
const answerMs = 15_000;
const pauseMs = 2_000;
const longestPauseMs = 30_000;
/** A key is good for a day; a message whose key is not could be there twice. */
const keyMs = 23 * 3_600_000;

/** Sends what is in the outbox, of each conversation one after the other, until it is called. */
export function sendPending(graph: Graph): () => void {
  prepare(graph.client);
  const busy = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isOver = false;
  let failures = 0;

  function wake(): void {
    for (const { conversationId } of outbox()) if (!busy.has(conversationId)) void work(conversationId);
  }

  async function work(conversationId: string): Promise<void> {
    busy.add(conversationId);
    try {
      for (;;) {
        const next = outbox().find((one) => one.conversationId === conversationId && one.state !== 'failed');
        if (!next || isOver) return;
        const pause = await inTurn(`socialhub-send-${conversationId}`, () => send(next));
        if (pause > 0) return later(pause);
      }
    } finally {
      busy.delete(conversationId);
    }
  }

  function later(ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake();
    }, ms);
    timers.add(timer);
  }

  /** Gives for how long to wait before anything else is sent there. */
  async function send(pending: Pending): Promise<number> {
    const { key, conversationId, text, replyTo, media } = pending;
    if (isOver || !isStillPending(key)) return 0;
    if (Date.now() - pending.writtenAt > keyMs) {
      changePending(key, { state: 'failed', fault: 'This could not be sent for a day.' });
      return 0;
    }
    changePending(key, { state: 'sending', fault: null });
    const input = {
      conversationId,
      text,
      idempotencyKey: key,
      ...(replyTo && { replyToId: replyTo.id }),
      ...(media.length > 0 && { mediaIds: media.map(({ id }) => id) }),
    };
    try {
      const { data } = await graph.client.mutate({
        mutation: SendMessageDocument,
        variables: { input },
        context: { fetchOptions: { signal: AbortSignal.timeout(answerMs) } },
      });
      const message = data?.sendMessage?.message;
      if (!message) throw new Error('the gateway gave no message');
      failures = 0;
      putMessage(graph.client, conversationId, message);
      settlePending(pending, message.seq);
      return 0;
    } catch (error) {
      return afterFault(pending, faultsOf(error)[0]);
    }
  }

  function afterFault({ key }: Pending, fault: Fault | undefined): number {
    const waits =
      fault?.code === 'UNAVAILABLE' || fault?.code === 'RATE_LIMITED' || fault?.code === 'UNAUTHENTICATED';
    if (!waits) {
      changePending(key, { state: 'failed', fault: messageOf(fault) });
      return 0;
    }
    changePending(key, { state: 'waiting', fault: null });
    failures += 1;
    return fault.retryAfter
      ? fault.retryAfter * 1_000
      : Math.min(pauseMs * 2 ** (failures - 1), longestPauseMs);
  }

  const stopOutbox = onOutbox(wake);
  const stopConnection = graph.onConnection((now) => {
    if (now === 'here') wake();
  });
  wake();
  return () => {
    isOver = true;
    stopOutbox();
    stopConnection();
    for (const timer of timers) clearTimeout(timer);
  };
}

/** Of the tabs of one browser one sends, so that the order is kept. */
const inTurn = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  navigator.locks ? navigator.locks.request(name, work) : work();
