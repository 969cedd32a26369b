import type { PlanningThread } from './thread.ts';

/** Starts threads, and tells when each can work. */
export interface Threads {
  start(): PlanningThread;
  isReady(thread: PlanningThread): boolean;
  /** Settled when it can work; rejected when it never can. */
  waitFor(thread: PlanningThread): Promise<void>;
  stop(thread: PlanningThread): void;
  stopAll(): void;
}

const restartPauseMs = 1000;

/** `ready` is told of each thread that can work. */
export function createThreads(startThread: () => PlanningThread, ready: () => void): Threads {
  const running = new Set<PlanningThread>();
  const able = new Set<PlanningThread>();
  let failedAt = Number.NEGATIVE_INFINITY;

  const stop = (thread: PlanningThread) => {
    running.delete(thread);
    able.delete(thread);
    thread.stop();
  };

  return {
    start() {
      const thread = startThread();
      running.add(thread);
      thread.ready.then(
        () => {
          if (!running.has(thread)) return;
          able.add(thread);
          ready();
        },
        () => undefined,
      );
      return thread;
    },
    isReady: (thread) => able.has(thread),
    async waitFor(thread) {
      // Where threads do not start at all, not one after another is tried without a pause.
      const pause = failedAt + restartPauseMs - performance.now();
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        await thread.ready;
      } catch (error) {
        failedAt = performance.now();
        throw error;
      }
    },
    stop,
    stopAll() {
      for (const thread of running) stop(thread);
    },
  };
}
