import type { NotificationRowFragment } from './generated/documents.ts';

const listeners = new Set<(row: NotificationRowFragment) => void>();

/** Calls back with what the viewer of this tab is notified of, as it happens, until it is called. */
export function onNotified(listener: (row: NotificationRowFragment) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells it in this tab. */
export function tellNotified(row: NotificationRowFragment): void {
  for (const listener of listeners) listener(row);
}
