'use client';

import { useSyncExternalStore } from 'react';
import { emptyOutbox, onOutbox, type Waiting } from './outbox.ts';

/** Gives what waits of a kind; nothing on the server. `all` is one of `waitingOf`. */
export const useWaiting = <Item extends Waiting>(all: () => readonly Item[]): readonly Item[] =>
  useSyncExternalStore<readonly Item[]>(onOutbox, all, emptyOutbox);
