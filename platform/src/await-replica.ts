import { backoff, pause } from './retry.ts';

export { isFresh } from './ids.ts';

/**
 * Asks `find` again, with growing waits, until it finds something or `timeoutMs` (3 s) is over: for a row that an
 * event brings in a moment. Gives null when it does not come. Ask `isFresh(id)` first: an old id never comes.
 */
export async function awaitReplica<T>(
  find: () => Promise<T | null>,
  { timeoutMs = 3_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<T | null> {
  const deadline = Date.now() + timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    const found = await find();
    if (found !== null || Date.now() >= deadline) return found;
    const wait = 5 + backoff(attempt, { baseMs: 20, maxMs: 250 });
    if (!(await pause(Math.min(wait, Math.max(0, deadline - Date.now())), signal))) return null;
  }
}
