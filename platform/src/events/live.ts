import { CodedError } from '../errors.ts';
import type { Broker, Json, SignalHandler } from './broker.ts';
import { createWakeup } from './wakeup.ts';

/** The part of the broker that resolvers see: signals between processes, for those who listen at the moment. */
export interface Live {
  /** Listens to a topic until the given function is called. A call without payload means: look for yourself. */
  listen(topic: string, handler: SignalHandler): Promise<() => Promise<void>>;
  /** Tells whoever listens now. After a change in the database use `signalAfterCommit(tx, ...)`, which waits for the commit. */
  signal(topics: string | readonly string[], payload?: Json): Promise<void>;
}

/** Narrows a broker to its live part. */
export function createLive(broker: Pick<Broker, 'listen' | 'signal'>): Live {
  return {
    listen: (topic, handler) => broker.listen(topic, handler),
    signal: (topics, payload) => broker.signal(topics, payload),
  };
}

const pollMs = 15_000;

/** More signals came than the listener took. The client reconnects and reads what there is. */
export class StreamOverflow extends CodedError {
  override name = 'StreamOverflow';

  constructor() {
    super('UNAVAILABLE', 'More came than was taken');
  }
}

/**
 * The payloads of a topic as they come, nothing kept for later (typing, presence). Throws StreamOverflow when more
 * than `limit` (100) wait for a slow taker. Ends when `signal` aborts or on `return()`.
 */
export function ephemeralStream<Payload>(options: {
  live: Live;
  topic: string;
  signal?: AbortSignal;
  limit?: number;
  /** Reads a payload, a trusted one by default; what it throws ends the stream. */
  parse?: (payload: Json) => Payload;
}): AsyncGenerator<Payload, void, void> {
  const { live, topic, limit = 100 } = options;
  const parse = options.parse ?? ((payload: Json) => payload as Payload);
  return endable(options.signal, async function* (ended) {
    const wakeup = createWakeup();
    const waiting: Json[] = [];
    let overflown = false;
    const stopListening = await live.listen(topic, (payload) => {
      if (payload === undefined) return;
      if (waiting.length < limit) waiting.push(payload);
      else overflown = true;
      wakeup.notify();
    });
    try {
      while (!ended.aborted) {
        if (overflown) throw new StreamOverflow();
        const payload = waiting.shift();
        if (payload === undefined) await wakeup.sleep(pollMs, ended);
        else yield parse(payload);
      }
    } finally {
      await stopListening();
    }
  });
}

const longestWayMs = 10_000;

/**
 * Where a stream without a cursor begins: when the client asked, however long that took to get here. Takes the
 * context's `askedAt`; a clock that is off shifts it by ten seconds at most.
 */
export function streamBeginning(askedAt: Date, now = Date.now()): Date {
  return new Date(Math.min(now, Math.max(askedAt.getTime(), now - longestWayMs)));
}

/** A generator whose `return()` also ends a wait inside it: a plain one would queue behind that wait. */
function endable<T>(
  outer: AbortSignal | undefined,
  body: (ended: AbortSignal) => AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  const returned = new AbortController();
  const generator = body(outer ? AbortSignal.any([outer, returned.signal]) : returned.signal);
  return {
    next: () => generator.next(),
    return() {
      returned.abort();
      return generator.return();
    },
    throw(error) {
      returned.abort();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
