import { withDeadline } from '../deadline.ts';
import { type EndPart, endWithinMs } from '../end-deadlines.ts';

/** Takes how each part of a process is ended. */
export interface Ending {
  /** Has `end` called when the process ends, the last one first; it is waited for as long as its part may take. */
  defer(part: EndPart, end: () => unknown): void;
  /** A stack for what does not know which part it is of, and ends as one. */
  stack(part: EndPart): AsyncDisposableStack;
}

/** Makes an ending. `run` ends all and gives what failed to end, or not in time. */
export function createEnding(
  withinMs: Readonly<Record<EndPart, number>> = endWithinMs,
): Ending & { run(): Promise<unknown[]> } {
  const ends: { part: EndPart; end: () => unknown }[] = [];
  const left = { ...withinMs };
  const defer: Ending['defer'] = (part, end) => void ends.push({ part, end });

  return {
    defer,
    stack(part) {
      const stack = new AsyncDisposableStack();
      defer(part, () => stack.disposeAsync());
      return stack;
    },
    async run() {
      const faults: unknown[] = [];
      for (const { part, end } of ends.splice(0).reverse()) {
        const began = performance.now();
        const late = () => new Error(`what is of "${part}" did not end in time and is left`);
        try {
          await withDeadline((async () => void (await end()))(), left[part], late);
        } catch (error) {
          faults.push(...errorsOf(error));
        }
        left[part] = Math.max(0, left[part] - (performance.now() - began));
      }
      return faults;
    },
  };
}

/** A stack that ends several which fail throws one error around the next. */
function errorsOf(failure: unknown): unknown[] {
  return failure instanceof SuppressedError ? [...errorsOf(failure.suppressed), failure.error] : [failure];
}
