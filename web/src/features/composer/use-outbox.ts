'use client';

import { useSyncExternalStore } from 'react';
import { type Outbox, outboxOf, type Waiting } from './outbox.ts';

const nothing: Waiting = { posts: [], sendingId: null };
const none = { subscribe: () => () => undefined, now: () => nothing };

/** Gives somebody's outbox, where it can be kept, and what waits in it. */
export function useOutbox(viewerId: string | null): { outbox: Outbox | null; waiting: Waiting } {
  const isHere = useSyncExternalStore(
    none.subscribe,
    () => true,
    () => false,
  );
  const outbox = isHere && viewerId !== null ? outboxOf(viewerId) : null;
  const { subscribe, now } = outbox ?? none;
  return { outbox, waiting: useSyncExternalStore(subscribe, now, none.now) };
}
