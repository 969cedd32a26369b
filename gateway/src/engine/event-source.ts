import type { ExecutionResult } from 'graphql';

/** Events as they come in, to be read one after the other; `return` ends it at once, whoever waits in `next`. */
export interface EventSource<Event> extends AsyncIterableIterator<Event> {
  return(): Promise<IteratorReturnResult<undefined>>;
}

export interface EventSink<Event> {
  next(event: Event): void;
  error(error: Error): void;
  complete(): void;
}

export type Events = EventSource<ExecutionResult>;

/**
 * Turns pushed events into ones that are pulled. At most `limit` wait; the next one ends the source with what
 * `tooSlow` makes. Events that were there before an end are still read. `open` gives the function that ends the
 * pushing.
 */
export function createEventSource<Event>(options: {
  limit: number;
  tooSlow: () => Error;
  open: (sink: EventSink<Event>) => () => void;
}): EventSource<Event> {
  const waiting: Event[] = [];
  let end: { error?: Error } | undefined;
  let reader:
    | { resolve: (result: IteratorResult<Event>) => void; reject: (error: Error) => void }
    | undefined;

  const finish = (reason: { error?: Error }) => {
    if (end) return;
    end = reason;
    if (reader && reason.error) reader.reject(reason.error);
    else reader?.resolve({ done: true, value: undefined });
    reader = undefined;
  };

  let close: (() => void) | undefined;
  close = options.open({
    next(event) {
      if (end) return;
      if (reader) {
        const { resolve } = reader;
        reader = undefined;
        resolve({ done: false, value: event });
      } else if (waiting.length < options.limit) {
        waiting.push(event);
      } else {
        finish({ error: options.tooSlow() });
        close?.();
      }
    },
    error: (error) => finish({ error }),
    complete: () => finish({}),
  });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const event = waiting.shift();
      if (event !== undefined) return Promise.resolve({ done: false, value: event });
      if (end?.error) {
        const { error } = end;
        end = {};
        return Promise.reject(error);
      }
      if (end) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        reader = { resolve, reject };
      });
    },
    async return() {
      waiting.length = 0;
      close?.();
      finish({});
      return { done: true, value: undefined };
    },
  };
}
