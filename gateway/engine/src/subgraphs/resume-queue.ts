/** What is sent again, a few at a time, so that a subgraph that has just come up is not run over. */
export interface ResumeQueue<Entry> {
  /** Last in the line; sent while the queue runs. */
  add(entry: Entry): void;
  delete(entry: Entry): void;
  has(entry: Entry): boolean;
  start(delayMs: number): void;
  /** What waits is kept for the next start. */
  stop(): void;
}

const tickMs = 20;

export function createResumeQueue<Entry>(
  perSecond: number,
  send: (entry: Entry) => void,
): ResumeQueue<Entry> {
  const waiting = new Set<Entry>();
  const portion = Math.max(1, Math.ceil((perSecond * tickMs) / 1000));
  let isRunning = false;
  let timer: NodeJS.Timeout | undefined;

  function soon(delayMs: number): void {
    if (isRunning && waiting.size > 0) timer ??= setTimeout(sendSome, delayMs);
  }

  function sendSome(): void {
    timer = undefined;
    for (const entry of [...waiting.values().take(portion)]) {
      waiting.delete(entry);
      send(entry);
    }
    soon(tickMs);
  }

  return {
    add(entry) {
      waiting.add(entry);
      soon(0);
    },
    delete: (entry) => void waiting.delete(entry),
    has: (entry) => waiting.has(entry),
    start(delayMs) {
      isRunning = true;
      soon(delayMs);
    },
    stop() {
      isRunning = false;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
