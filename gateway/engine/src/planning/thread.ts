import { Worker } from 'node:worker_threads';
import type { Outcome, Said, Task, ThreadSetup } from './messages.ts';

/** A thread that performs one task at a time. */
export interface PlanningThread {
  /** Settled when it can perform tasks; rejected when it never can. */
  readonly ready: Promise<void>;
  /** What has become of it; null when it has ended without an answer, for want of memory or otherwise. */
  perform(task: Task): Promise<Outcome | null>;
  /** The time on a core that its task has taken until now. */
  spentMs(): Promise<number>;
  /** The same of the last task that it has ended. */
  readonly lastMs: number;
  stop(): void;
}

export type StartThread = (setup: ThreadSetup) => PlanningThread;

/** Of the plans and documents under way; what is made from a supergraph of hundreds of types takes a tenth of it. */
const maxHeapMb = 512;

const workerFile = new URL('./worker.ts', import.meta.url);

export const startThread: StartThread = (setup) => {
  const worker = new Worker(workerFile, {
    workerData: setup,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  // Nothing that waits for it holds the process.
  worker.unref();
  let settle: ((outcome: Outcome | null) => void) | undefined;
  let hasEnded = false;
  /** Its time on a core until its task began. */
  let before = 0;
  let lastMs = 0;
  const end = (outcome: Outcome | null) => {
    settle?.(outcome);
    settle = undefined;
  };
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', ({ outcome, cpuMs }: Said) => {
      lastMs = cpuMs - before;
      before = cpuMs;
      if (outcome) end(outcome);
      else resolve();
    });
    worker.on('error', (error) => {
      hasEnded = true;
      reject(error);
      end(null);
    });
    worker.on('exit', (code) => {
      hasEnded = true;
      reject(new Error(`the planning thread has ended with ${code}`));
      end(null);
    });
  });
  ready.catch(() => undefined);

  return {
    ready,
    perform(task) {
      if (hasEnded) return Promise.resolve(null);
      return new Promise((resolve) => {
        settle = resolve;
        worker.postMessage(task);
      });
    },
    async spentMs() {
      // Of one that has ended nothing more is to be expected.
      const usage = hasEnded ? null : await worker.cpuUsage().catch(() => null);
      return usage ? (usage.user + usage.system) / 1000 - before : Number.POSITIVE_INFINITY;
    },
    get lastMs() {
      return lastMs;
    },
    stop() {
      void worker.terminate();
    },
  };
};
