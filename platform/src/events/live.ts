import type { Topic } from '../contracts/signal.ts';
import { CodedError } from '../errors.ts';
import type { Broker, Json } from './broker.ts';
import { createWakeup } from './wakeup.ts';

/** The part of the broker that resolvers see: signals between processes, for those who listen at the moment. */
export interface Live {
  /**
   * Listens to a topic until the given function is called. A call without payload means: look for yourself. One that is no payload of
   * the topic comes as none.
   */
  listen<Payload>(
    topic: Topic<Payload>,
    handler: (payload: Payload | undefined) => void,
  ): Promise<() => Promise<void>>;
  /** Tells whoever listens now. After a change in the database use `signalAfterCommit(tx, ...)`, which waits for the commit. */
  signal<Payload>(
    topic: Topic<Payload>,
    ...payload: Payload extends undefined ? [] : [payload: NoInfer<Payload>]
  ): Promise<void>;
}

/** Narrows a broker to its live part. */
export function createLive(broker: Pick<Broker, 'listen' | 'signal'>): Live {
  return {
    listen: (topic, handler) => broker.listen(topic.name, (payload) => handler(understood(topic, payload))),
    signal: (topic, ...[payload]) => broker.signal(topic.name, topic.parse(payload) as Json | undefined),
  };
}

function understood<Payload>(topic: Topic<Payload>, payload: Json | undefined): Payload | undefined {
  try {
    return payload === undefined ? undefined : topic.parse(payload);
  } catch {
    return undefined;
  }
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
  topic: Topic<Payload>;
  signal?: AbortSignal;
  limit?: number;
}): AsyncGenerator<Payload, void, void> {
  const { live, topic, limit = 100 } = options;
  return endable(options.signal, async function* (ended) {
    const wakeup = createWakeup();
    const waiting: Payload[] = [];
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
        else yield payload;
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
