/**
 * Runs one task at a time: of those that come meanwhile the last one is next, and the others never are. Gives what makes nothing
 * run any more.
 */
export function oneAtATime(): { run(task: () => Promise<void>): void; clear(): void } {
  let next: (() => Promise<void>) | null = null;
  let isRunning = false;
  async function runAll(): Promise<void> {
    isRunning = true;
    while (next) {
      const task = next;
      next = null;
      // Whoever types on asks anew.
      await task().catch(() => undefined);
    }
    isRunning = false;
  }
  return {
    run(task) {
      next = task;
      if (!isRunning) void runAll();
    },
    clear() {
      next = null;
    },
  };
}
