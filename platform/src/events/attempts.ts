import type { ServiceName } from '../contracts/services.ts';
import { isDatabaseAway } from '../database/database-errors.ts';
import type { Logger } from '../log.ts';
import { type BackoffOptions, backoff, pause } from '../retry.ts';
import { UnprocessableEvent } from './broker.ts';
import type { CloudEvent } from './envelope.ts';

/** How a handler's fault is met: so many attempts, with growing pauses, while later events of the aggregate wait. */
export interface AttemptPolicy extends BackoffOptions {
  attempts: number;
  /** Since its first failure: no attempt begins later. */
  deadlineMs: number;
  /** Where many events wait for another attempt, the others go on after fewer, which are not over before `leastMs`. */
  crowd: { attempts: number; leastMs: number };
}

/**
 * Within half a minute: later events of the aggregate wait as long. Many fail together by what all of them need, which may be
 * away for a moment: five attempts alone would be over in half a second, and have set all aside.
 */
export const usualAttempts: AttemptPolicy = {
  attempts: 10,
  baseMs: 50,
  maxMs: 10_000,
  deadlineMs: 30_000,
  crowd: { attempts: 5, leastMs: 3_000 },
};

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
  let firstFailedAt: number | undefined;
  for (let tries = 1, failures = 0; !stopping.aborted; tries += 1) {
    try {
      await handle(event, stopping);
      return undefined;
    } catch (error) {
      // Interrupted, it may have failed for that alone.
      if (stopping.aborted) return 'stopped';
      // Only what may be the event's own fault counts.
      if (!isDatabaseAway(error)) {
        failures += 1;
        firstFailedAt ??= performance.now();
      }
      const facts = { err: error, consumer: service, type: event.type, eventId: event.id, attempt: tries };
      log.warn(facts, 'an event could not be applied');
      if (error instanceof UnprocessableEvent) return { error };
      const failingMs = performance.now() - (firstFailedAt ?? performance.now());
      if (isEnough(policy, failures, failingMs, options.isCrowded?.() === true)) return { error };
      if (tries === 1) options.onWaiting?.();
      await pause(backoff(tries, policy), stopping);
    }
  }
  return 'stopped';
}

function isEnough(policy: AttemptPolicy, failures: number, failingMs: number, isCrowded: boolean): boolean {
  if (failures >= policy.attempts || failingMs >= policy.deadlineMs) return true;
  return isCrowded && failures >= policy.crowd.attempts && failingMs >= policy.crowd.leastMs;
}
