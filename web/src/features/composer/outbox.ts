import { forget, keep, kept, keptUnder } from '../../browser-store/kept.ts';
import type { Draft } from './draft.ts';

/** A post that waits for a connection. */
export interface WaitingPost extends Pick<Draft, 'text' | 'warning' | 'visibility' | 'pictures'> {
  /** Its place: what waits longest comes first. */
  id: string;
  /** Its idempotency key, however often it is sent. */
  key: string;
  quoteOfId: string | null;
  /** Why it was refused; it is not sent again by itself. */
  fault: string | null;
}

export interface Waiting {
  posts: readonly WaitingPost[];
  sendingId: string | null;
}

/** What somebody wrote without a connection, kept in this browser; all of its tabs show the same. */
export interface Outbox {
  now(): Waiting;
  subscribe(listener: () => void): () => void;
  /** Reads what is kept, which another tab may have changed. */
  read(): Promise<void>;
  /** Says whether it could be kept. */
  add(post: Omit<WaitingPost, 'id' | 'fault'>): Promise<boolean>;
  setFault(id: string, fault: string | null): Promise<void>;
  setSending(id: string | null): void;
  remove(id: string): Promise<void>;
}

const opened = new Map<string, Outbox>();

/** Gives somebody's outbox. */
export function outboxOf(viewerId: string): Outbox {
  const outbox = opened.get(viewerId) ?? createOutbox(`outbox ${viewerId} `);
  opened.set(viewerId, outbox);
  return outbox;
}

function createOutbox(beginning: string): Outbox {
  const listeners = new Set<() => void>();
  const others = new BroadcastChannel('socialhub-waiting-posts');
  let now: Waiting = { posts: [], sendingId: null };

  function show(part: Partial<Waiting>): void {
    now = { ...now, ...part };
    for (const listener of listeners) listener();
  }

  const read = async () => show({ posts: (await keptUnder(beginning)).filter(isWaitingPost) });

  async function changed(): Promise<void> {
    others.postMessage('changed');
    await read();
  }

  others.addEventListener('message', () => void read());

  return {
    now: () => now,
    read,
    subscribe(listener) {
      // Somebody may have signed out meanwhile.
      if (listeners.size === 0) void read();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async add(post) {
      const last = Number(now.posts.at(-1)?.id.slice(beginning.length) ?? 0);
      // Behind those before it, whatever the clock.
      const place = Math.max(Date.now(), last + 1);
      const id = beginning + String(place).padStart(15, '0');
      await keep(id, { ...post, id, fault: null });
      const isKept = (await kept(id)) !== undefined;
      await changed();
      return isKept;
    },
    async setFault(id, fault) {
      const post = now.posts.find((one) => one.id === id);
      if (post) await keep(id, { ...post, fault });
      await changed();
    },
    setSending: (sendingId) => show({ sendingId }),
    async remove(id) {
      await forget(id);
      await changed();
    },
  };
}

const isWaitingPost = (value: unknown): value is WaitingPost =>
  typeof value === 'object' && value !== null && 'id' in value && 'key' in value && 'pictures' in value;
