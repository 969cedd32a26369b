import { createFairQueue } from '../limits/fair-queue.ts';
import type { EventHandler } from './broker.ts';
import type { CloudEvent } from './envelope.ts';

/** Fewer than the database's transactions at once (`database.ts`): mutations find room beside any number of events. */
const atOnce = 4;
const waitMs = 60_000;

/**
 * A service's handler, called for a few events at a time. Throws UNAVAILABLE when an event's turn does not come within a
 * minute, or `stopping` is aborted before it has; the handler was not called then.
 */
export function inTurns(handle: EventHandler): (event: CloudEvent, stopping: AbortSignal) => Promise<void> {
  const line = createFairQueue({
    name: 'transactions',
    atOnce,
    // All are one owner's: whoever waits too long waits for all together, which is no fault of an event.
    atOncePerOwner: Number.POSITIVE_INFINITY,
    // How many wait is bounded by what the relay, or RabbitMQ, hands out before it is told what became of it.
    waiting: Number.POSITIVE_INFINITY,
    waitingPerOwner: Number.POSITIVE_INFINITY,
    waitMs,
  });
  return (event, stopping) => line.run('', () => handle(event), stopping);
}
