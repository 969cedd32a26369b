import { textsNow } from '#texts';
import { messageOf } from '../../forms/form-state.ts';
import type { Fault } from '../../gateway/faults.ts';
import type { Graph } from '../../graph/client.ts';
import { changeWaiting, isStillWaiting, onOutbox, outbox, removeWaiting, type Waiting } from './outbox.ts';

/** What became of an attempt: it is there, it cannot be sent now, or it never can. */
export type Sent = 'sent' | { again: Fault | null } | { fault: string };

/** Sends a thing of a kind once, until the signal is aborted. What throws is tried again. */
export type Sender = (graph: Graph, item: Waiting, signal: AbortSignal) => Promise<Sent>;

const pauseMs = 2_000;
const longestPauseMs = 30_000;
/** Longer than this an attempt is not waited for: what is behind it, and other tabs, wait too. Pictures may take a while. */
const attemptMs = 15_000;
const withFilesMs = 300_000;
/** A key is good for a day; a thing whose key is not could be there twice. */
const keyMs = 23 * 3_600_000;

/** Sends what is in the outbox, of each lane one after the other and by one tab, until it is called. `onSent` hears what is there. */
export function sendWaiting(
  graph: Graph,
  senders: Record<string, Sender>,
  onSent: (item: Waiting) => void,
): () => void {
  const busy = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isOver = false;
  let failures = 0;

  function wake(): void {
    if (!navigator.onLine) return;
    for (const { lane } of outbox()) if (!busy.has(lane)) void work(lane);
  }

  async function work(lane: string): Promise<void> {
    busy.add(lane);
    try {
      for (;;) {
        const next = outbox().find((one) => one.lane === lane && one.state !== 'failed');
        if (!next || isOver || !navigator.onLine) return;
        const pause = await inTurn(`socialhub-send-${lane}`, () => send(next));
        if (pause > 0) return later(pause);
      }
    } finally {
      busy.delete(lane);
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
  async function send(item: Waiting): Promise<number> {
    const { key, kind, writtenAt } = item;
    const sender = senders[kind];
    if (isOver || !isStillWaiting(key)) return 0;
    if (!sender || Date.now() - writtenAt > keyMs) {
      const t = await textsNow('ui');
      changeWaiting(key, { state: 'failed', fault: t('forADay') });
      return 0;
    }
    changeWaiting(key, { state: 'sending', fault: null });
    const sent = await attempt(sender, item);
    if (sent === 'sent') {
      failures = 0;
      removeWaiting(key);
      onSent(item);
      return 0;
    }
    if ('fault' in sent) {
      changeWaiting(key, { state: 'failed', fault: sent.fault });
      return 0;
    }
    changeWaiting(key, { state: 'waiting', fault: null });
    failures += 1;
    return sent.again?.retryAfter
      ? sent.again.retryAfter * 1_000
      : Math.min(pauseMs * 2 ** (failures - 1), longestPauseMs);
  }

  async function attempt(sender: Sender, item: Waiting): Promise<Sent> {
    const hasFiles = 'pictures' in item && Array.isArray(item.pictures) && item.pictures.length > 0;
    const signal = AbortSignal.timeout(hasFiles ? withFilesMs : attemptMs);
    const late = new Promise<Sent>((resolve) => {
      signal.addEventListener('abort', () => resolve({ again: null }), { once: true });
    });
    return Promise.race([sender(graph, item, signal).catch(() => ({ again: null })), late]);
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

/** A fault that may be none later is waited for; any other says why. */
export async function sentOf(fault: Fault | undefined): Promise<Exclude<Sent, 'sent'>> {
  const waits =
    fault?.code === 'UNAVAILABLE' || fault?.code === 'RATE_LIMITED' || fault?.code === 'UNAUTHENTICATED';
  return waits ? { again: fault } : { fault: await messageOf(fault) };
}

/** Of the tabs of one browser one sends, so that the order is kept; pages without TLS that are not on this machine have no locks. */
const inTurn = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  navigator.locks ? navigator.locks.request(name, work) : work();
