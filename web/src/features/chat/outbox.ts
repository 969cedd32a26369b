import { forget, keep, keptUnder } from '../../browser-store/kept.ts';

/*
 * What one has written and is not sent yet, in order, in all tabs of this browser: also after it was closed. Each has the key that makes
 * it one message, however often it is sent.
 */

/** A message on its way. */
export interface Pending {
  key: string;
  conversationId: string;
  text: string;
  replyTo: { id: string; seq: number; text: string; name: string } | null;
  media: { id: string; altText: string }[];
  writtenAt: number;
  /** The seq of the last message that was here when it was written, or that was sent before it. */
  afterSeq: number;
  state: 'waiting' | 'sending' | 'failed';
  /** Why it failed. */
  fault: string | null;
}

/** What a tab tells the others. */
interface News {
  owner: string;
  put?: Pending;
  gone?: string;
}

const none: readonly Pending[] = [];
const listeners = new Set<() => void>();
let items: readonly Pending[] = none;
let opened: { owner: string; channel: BroadcastChannel } | null = null;

const prefixOf = (owner: string) => `message ${owner} `;

const isPending = (value: unknown): value is Pending =>
  typeof value === 'object' && value !== null && 'key' in value && 'afterSeq' in value && 'media' in value;

function change(next: readonly Pending[]): void {
  items = next;
  for (const listener of [...listeners]) listener();
}

const withPut = (pending: Pending): readonly Pending[] =>
  items.some(({ key }) => key === pending.key)
    ? items.map((one) => (one.key === pending.key ? pending : one))
    : [...items, pending].sort((a, b) => a.writtenAt - b.writtenAt);

const without = (key: string): readonly Pending[] => items.filter((one) => one.key !== key);

/** Opens what is kept for somebody, until it is called. */
export function openOutbox(owner: string): () => void {
  const channel = new BroadcastChannel('socialhub-outbox');
  channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.owner !== owner) return;
    if (data.put) change(withPut(data.put));
    if (data.gone !== undefined) change(without(data.gone));
  });
  opened = { owner, channel };
  void keptUnder(prefixOf(owner)).then((found) => {
    if (opened?.channel !== channel) return;
    for (const pending of found.filter(isPending))
      if (!items.some(({ key }) => key === pending.key)) items = withPut(pending);
    change(items);
  });
  return () => {
    channel.close();
    opened = null;
    change(none);
  };
}

/** Calls back with each change. */
export function onOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const outbox = (): readonly Pending[] => items;
export const emptyOutbox = (): readonly Pending[] => none;
export const isStillPending = (key: string): boolean => items.some((one) => one.key === key);

/** Puts a message in, or changes one. */
export function putPending(pending: Pending): void {
  change(withPut(pending));
  if (!opened) return;
  const { owner, channel } = opened;
  void keep(prefixOf(owner) + pending.key, pending);
  channel.postMessage({ owner, put: pending } satisfies News);
}

export function removePending(key: string): void {
  change(without(key));
  if (!opened) return;
  const { owner, channel } = opened;
  void forget(prefixOf(owner) + key);
  channel.postMessage({ owner, gone: key } satisfies News);
}

export function changePending(key: string, part: Partial<Pending>): void {
  const before = items.find((one) => one.key === key);
  if (before) putPending({ ...before, ...part });
}

/** Takes a message out that was sent: those behind it are looked for behind it. */
export function settlePending({ key, conversationId }: Pending, seq: number): void {
  for (const one of items)
    if (one.key !== key && one.conversationId === conversationId && one.afterSeq < seq)
      putPending({ ...one, afterSeq: seq });
  removePending(key);
}

/** Of what is on its way what no message of the conversation is yet: its event may come before its answer, or that may be lost. */
export function stillOnTheWay(
  pendings: readonly Pending[],
  messages: readonly { id: string; seq: number; text: string; sender: { id: string } | null }[],
  viewerId: string,
): Pending[] {
  const taken = new Set<string>();
  return pendings.filter(({ text, afterSeq, state, media }) => {
    if (state === 'failed') return true;
    for (let place = messages.length - 1; place >= 0; place -= 1) {
      const message = messages[place];
      if (!message || message.seq <= afterSeq) return true;
      const isIt = message.sender?.id === viewerId && message.text === text && media.length === 0;
      if (!isIt || taken.has(message.id)) continue;
      taken.add(message.id);
      return false;
    }
    return true;
  });
}
