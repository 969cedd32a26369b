import { createFairQueue } from '../limits/fair-queue.ts';
import { backoff, pause } from '../retry.ts';

export { isFresh } from '../ids.ts';

/** In a process, in all and of one owner. Whoever finds no place looks once and does not wait. */
const places = createFairQueue({
  name: 'waits for replicas',
  atOnce: 32,
  atOncePerOwner: 2,
  waiting: 0,
  waitingPerOwner: 0,
  waitMs: 1_000,
});

/** For one row. */
const waitMs = 3_000;

/** What an operation may wait in all, however many of its fields do: less than the gateway waits for its answer. */
const patienceMs = 6_000;

/** Takes the context's `arrivedAt`, gives what is left of the time that its operation may wait. */
export const patienceLeft = (arrivedAt: number): number =>
  Math.max(0, arrivedAt + patienceMs - performance.now());

/**
 * Asks `find` again, with growing waits, until it finds something or 3 s are over: for a row that an
 * event brings in a moment. Gives null when it does not come. Few wait at once, and of one owner (the viewer, or the
 * address) two. Call it outside of transactions, and for what is expected alone: the viewer's own row when `isFresh`
 * says that it is new, a file that they have uploaded. Nothing waits longer than its operation may.
 */
export async function awaitReplica<T>(
  { owner, arrivedAt, signal }: { owner: string; arrivedAt: number; signal?: AbortSignal },
  find: () => Promise<T | null>,
): Promise<T | null> {
  const found = await find();
  const timeoutMs = Math.min(waitMs, patienceLeft(arrivedAt));
  if (found !== null || timeoutMs <= 0) return found;
  return (await places.attempt(owner, () => poll(find, timeoutMs, signal))) ?? null;
}

/** Asks `find` again, with growing waits, until it finds something or the time is over. Whoever calls it bounds how many do. */
export async function poll<T>(
  find: () => Promise<T | null>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  const deadline = Date.now() + timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    const wait = 5 + backoff(attempt, { baseMs: 20, maxMs: 250 });
    if (!(await pause(Math.min(wait, Math.max(0, deadline - Date.now())), signal))) return null;
    const found = await find();
    if (found !== null || Date.now() >= deadline) return found;
  }
}
