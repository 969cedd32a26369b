import type { ServiceName } from '../contracts/services.ts';
import { isDatabaseAway } from '../database/database-errors.ts';
import type { Logger } from '../log.ts';
import { type BackoffOptions, backoff, pause } from '../retry.ts';
import { UnprocessableEvent } from './broker.ts';
import type { CloudEvent } from './envelope.ts';

/** How a handler's fault is met: so many attempts, with growing pauses, while later events of the aggregate wait. */
export interface AttemptPolicy extends BackoffOptions {
  attempts: number;
}

/** Within half a minute: later events of the aggregate wait as long. */
export const usualAttempts: AttemptPolicy = { attempts: 10, baseMs: 50, maxMs: 10_000 };

/** Where many events wait for another attempt, the fault is not theirs, and each has so many alone: the others go on. */
const attemptsInACrowd = 5;

/**
 * Calls `handle` until it has applied the event. Gives the last error when no further attempt is due, and 'stopped' when
 * `stopping` is aborted before it was applied. What waits for its database waits as long as that takes.
 */
export async function attempt(
  event: CloudEvent,
  handle: (event: CloudEvent, stopping: AbortSignal) => Promise<void>,
  options: {
    service: ServiceName;
    policy: AttemptPolicy;
    stopping: AbortSignal;
    log: Logger;
    /** Whether many wait for another attempt. */
    isCrowded?: () => boolean;
    /** Told that it waits for another attempt from now on, once. */
    onWaiting?: () => void;
  },
): Promise<{ error: unknown } | 'stopped' | undefined> {
  const { service, policy, stopping, log } = options;
  for (let tries = 1, failures = 0; !stopping.aborted; tries += 1) {
    try {
      await handle(event, stopping);
      return undefined;
    } catch (error) {
      // Interrupted, it may have failed for that alone.
      if (stopping.aborted) return 'stopped';
      // Only what may be the event's own fault counts.
      if (!isDatabaseAway(error)) failures += 1;
      const facts = { err: error, consumer: service, type: event.type, eventId: event.id, attempt: tries };
      log.warn(facts, 'an event could not be applied');
      const allowed = options.isCrowded?.() ? Math.min(attemptsInACrowd, policy.attempts) : policy.attempts;
      if (failures >= allowed || error instanceof UnprocessableEvent) return { error };
      if (tries === 1) options.onWaiting?.();
      await pause(backoff(tries, policy), stopping);
    }
  }
  return 'stopped';
}
