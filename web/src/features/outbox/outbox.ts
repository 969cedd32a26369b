import { forget, forgetUnder, keep, kept, keptUnder } from '../../browser-store/kept.ts';
import { randomKey } from '../../text/random-key.ts';

/*
 * What one has written and is not sent yet: posts, comments and messages, in order, in all tabs of this browser, also after it was
 * closed. Each has the key that makes it one thing, however often it is sent.
 */

/** Something that waits to be sent; each kind has what it consists of beside it. */
export interface Waiting {
  /** Its idempotency key. */
  key: string;
  kind: string;
  /** What is of one lane is sent in order, one after the other. */
  lane: string;
  /** Its place among the others, too. */
  writtenAt: number;
  state: 'waiting' | 'sending' | 'failed';
  /** Why it failed. */
  fault: string | null;
}

/** What a tab tells the others. */
interface News {
  owner: string;
  put?: Waiting;
  gone?: string;
}

/** A key is good for a day: what is sent with it again much later could be there twice. */
const retryMs = 20 * 3_600_000;

const none: readonly Waiting[] = [];
const listeners = new Set<() => void>();
let items: readonly Waiting[] = none;
let opened: { owner: string; channel: BroadcastChannel } | null = null;

/** How what waited began before there was one outbox (0221): nobody reads it any more. */
const earlier = ['outbox ', 'message '];

const prefixOf = (owner: string) => `waiting ${owner} `;

const isWaiting = (value: unknown): value is Waiting =>
  typeof value === 'object' && value !== null && 'key' in value && 'lane' in value && 'kind' in value;

function show(next: readonly Waiting[]): void {
  items = next;
  for (const listener of [...listeners]) listener();
}

const withPut = (item: Waiting): readonly Waiting[] =>
  items.some(({ key }) => key === item.key)
    ? items.map((one) => (one.key === item.key ? item : one))
    : [...items, item].sort((a, b) => a.writtenAt - b.writtenAt);

const without = (key: string): readonly Waiting[] => items.filter((one) => one.key !== key);

/** Opens what is kept for somebody, until it is called. */
export function openOutbox(owner: string): () => void {
  const channel = new BroadcastChannel('socialhub-outbox');
  channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.owner !== owner) return;
    if (data.put) show(withPut(data.put));
    if (data.gone !== undefined) show(without(data.gone));
  });
  opened = { owner, channel };
  for (const prefix of earlier) void forgetUnder(prefix);
  void keptUnder(prefixOf(owner)).then((found) => {
    if (opened?.channel !== channel) return;
    for (const item of found.filter(isWaiting))
      if (!items.some(({ key }) => key === item.key)) items = withPut(item);
    show(items);
  });
  return () => {
    channel.close();
    opened = null;
    show(none);
  };
}

/** Calls back with each change. */
export function onOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const outbox = (): readonly Waiting[] => items;
export const emptyOutbox = (): readonly never[] => none as readonly never[];
export const isStillWaiting = (key: string): boolean => items.some((one) => one.key === key);

/** Gives what waits of a kind: the same list until it changes. */
export function waitingOf<Item extends Waiting>(
  isIt: (item: Waiting) => item is Item,
): () => readonly Item[] {
  let of: readonly Waiting[] | undefined;
  let found: readonly Item[] = [];
  return () => {
    if (of === items) return found;
    of = items;
    const now = items.filter(isIt);
    const isSame = now.length === found.length && now.every((one, at) => one === found[at]);
    if (!isSame) found = now;
    return found;
  };
}

/** What everything that waits begins with, behind all that waits already, whatever the clock. */
export const newWaiting = (kind: string, lane: string, key = randomKey()): Waiting => ({
  key,
  kind,
  lane,
  writtenAt: Math.max(Date.now(), (items.at(-1)?.writtenAt ?? 0) + 1),
  state: 'waiting',
  fault: null,
});

/** Puts something in, or changes it; says whether it is kept beyond the page. */
export async function putWaiting<Item extends Waiting>(item: Item): Promise<boolean> {
  show(withPut(item));
  if (!opened) return false;
  const { owner, channel } = opened;
  channel.postMessage({ owner, put: item } satisfies News);
  const place = prefixOf(owner) + item.key;
  await keep(place, item);
  return (await kept(place)) !== undefined;
}

export function changeWaiting<Item extends Waiting>(key: string, part: Partial<Item>): void {
  const before = items.find((one) => one.key === key);
  if (before) void putWaiting({ ...before, ...part });
}

export function removeWaiting(key: string): void {
  show(without(key));
  if (!opened) return;
  const { owner, channel } = opened;
  void forget(prefixOf(owner) + key);
  channel.postMessage({ owner, gone: key } satisfies News);
}

/** Has something sent again that was refused. */
export function retryWaiting(item: Waiting): void {
  const isOld = Date.now() - item.writtenAt > retryMs;
  if (isOld) removeWaiting(item.key);
  const anew = isOld ? { key: randomKey(), writtenAt: Date.now() } : {};
  void putWaiting({ ...item, ...anew, state: 'waiting', fault: null });
}
