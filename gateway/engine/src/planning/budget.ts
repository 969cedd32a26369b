import type { Outcome, Task } from './messages.ts';
import type { PlanningThread } from './thread.ts';

/**
 * Has a thread perform a task for as long as its budget, time on a core, lasts: there is no outcome once that is spent, or
 * when the thread has ended. `long` is told while the task goes on. `ms` is by the clock.
 */
export async function performWithin(
  thread: PlanningThread,
  task: Task,
  budgetMs: number,
  long: { ms: number; tell: () => void } | null,
): Promise<{ outcome: Outcome | null; ms: number }> {
  const start = performance.now();
  const callOff: (() => void)[] = [];
  const exceeded = new Promise<null>((resolve) => {
    callOff.push(onceSpent(thread, budgetMs, () => resolve(null)));
  });
  if (long) callOff.push(onceSpent(thread, long.ms, long.tell));
  const outcome = await Promise.race([thread.perform(task), exceeded]);
  for (const off of callOff) off();
  return { outcome, ms: performance.now() - start };
}

/** How many times what it may take on a core a task may take by the clock, where others keep it from one. */
const patience = 5;

/** Calls `act` once a thread's task has taken so much time on a core. Gives what calls it off. */
function onceSpent(thread: PlanningThread, ms: number, act: () => void): () => void {
  const last = performance.now() + ms * patience;
  let isOff = false;
  const look = async () => {
    const left = ms - (await thread.spentMs());
    if (isOff) return;
    if (left <= 0 || performance.now() >= last) act();
    else timer = setTimeout(look, Math.max(left, 10));
  };
  let timer = setTimeout(look, ms);
  return () => {
    isOff = true;
    clearTimeout(timer);
  };
}
