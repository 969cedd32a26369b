import type { EngineLog } from '../log.ts';
import type { Outcome, Task } from './messages.ts';
import type { PlanningThread } from './thread.ts';

/** The thread that works, and the one that stands by for it. */
export interface Threads {
  /** Waits for one that can work. Throws when none can be started. */
  ready(): Promise<{ perform(task: Task, budgetMs: number): Promise<Outcome> }>;
  stop(): void;
}

const restartPauseMs = 1000;
/** How many times its budget a task may take by the clock, where others keep it from a core. */
const patience = 5;

/**
 * A task that takes longer than its budget costs the thread that does it. So once a task has taken a quarter of it, another
 * thread is started: it is ready when it is needed, and costs nothing while nobody sends such operations.
 */
export function createThreads(start: () => PlanningThread, log: EngineLog): Threads {
  let working: PlanningThread | null = start();
  let standby: PlanningThread | null = null;
  let startedAt = performance.now();
  let isStopped = false;

  const replace = (thread: PlanningThread) => {
    thread.stop();
    if (isStopped || working !== thread) return;
    working = standby;
    standby = null;
  };
  const standBy = () => {
    if (!isStopped) standby ??= start();
  };

  async function perform(thread: PlanningThread, task: Task, budgetMs: number): Promise<Outcome> {
    const suspicion = setTimeout(standBy, budgetMs / 4);
    let budget: NodeJS.Timeout | undefined;
    let isOver = false;
    const exceeded = new Promise<null>((resolve) => {
      const last = performance.now() + budgetMs * patience;
      const look = async () => {
        const left = budgetMs - (await thread.spentMs());
        if (isOver) return;
        if (left <= 0 || performance.now() >= last) resolve(null);
        else budget = setTimeout(look, Math.max(left, 10));
      };
      budget = setTimeout(look, budgetMs);
    });
    try {
      const outcome = await Promise.race([thread.perform(task), exceeded]);
      if (outcome) return outcome;
      replace(thread);
      if (!isStopped) log.warn({ from: 'planning', kind: task.kind }, 'an operation took more than may be');
      return { kind: 'too complex' };
    } finally {
      clearTimeout(suspicion);
      isOver = true;
      clearTimeout(budget);
    }
  }

  return {
    async ready() {
      if (!working) {
        // Where threads do not start at all, not one after another is tried without a pause.
        const pause = startedAt + restartPauseMs - performance.now();
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        startedAt = performance.now();
        working = start();
      }
      const thread = working;
      try {
        await thread.ready;
      } catch (error) {
        replace(thread);
        throw error;
      }
      return { perform: (task, budgetMs) => perform(thread, task, budgetMs) };
    },
    stop() {
      isStopped = true;
      working?.stop();
      standby?.stop();
    },
  };
}
