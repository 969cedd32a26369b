import type { Topic } from '../contracts/signal.ts';
import type { Live } from './live.ts';
import { CutPage, createLogReader, type Following, type ReadAfter, type Reading } from './log-reader.ts';

/** Logs of one kind, each followed live by any number of listeners. */
export interface LogFeed<Entry, Place> {
  /**
   * Everything in the listener's log behind `after`, in its order, once each, and then what comes. Ends when `signal` aborts
   * or on `return()`, whatever it waits for; throws what reading throws.
   */
  follow(following: Following<Place> & { signal?: AbortSignal }): AsyncGenerator<Entry, void, void>;
}

interface LogFeedOptions<Entry, Place, Payload> {
  live: Live;
  topicOf: (listener: string) => Topic<Payload>;
  /** Whether a signal tells of something that this listener may be given; without it each does. */
  concerns?: (payload: NonNullable<Payload>, listener: string) => Promise<boolean>;
  readAfter: ReadAfter<Entry, Place>;
  placeOf: (entry: Entry) => Place;
  pageSize?: number;
  pollMs?: number;
}

/** Until a page that was cut is read on: as long again each time that it still is. */
const cutForMs = { least: 250, most: 4_000 };
/** Signals of one listener: of more at once it is not asked whether they concern them, and one read stands for all. */
const maxAsked = 4;

/**
 * Listeners who are woken in the same moment are read for together: a signal costs a statement, not one for each of them.
 * A log is read at each signal, at once behind a whole page, and at least every 15 s; while nobody takes what was read,
 * it is not read on.
 */
export function createLogFeed<Entry, Place, Payload>(
  options: LogFeedOptions<Entry, Place, Payload>,
): LogFeed<Entry, Place> {
  const { live, topicOf, concerns, readAfter, placeOf, pageSize = 100, pollMs = 15_000 } = options;
  const topics = new Map<string, Listening>();
  const reader = createLogReader(readAfter, pageSize);
  let poll: NodeJS.Timeout | undefined;

  /** One listening for all who follow by the same topic. */
  class Listening {
    readonly followers = new Set<Follower>();
    readonly #name: string;
    readonly listening: Promise<() => Promise<void>>;

    constructor(topic: Topic<Payload>) {
      this.#name = topic.name;
      topics.set(topic.name, this);
      this.listening = live.listen(topic, (payload) => {
        for (const follower of this.followers) follower.signalled(payload);
      });
      // Whoever follows meets it.
      this.listening.catch(() => undefined);
    }

    async leave(follower: Follower): Promise<void> {
      if (!this.followers.delete(follower) || this.followers.size > 0) return;
      if (topics.get(this.#name) === this) topics.delete(this.#name);
      if (topics.size === 0) {
        clearInterval(poll);
        poll = undefined;
      }
      const stop = await this.listening.catch(() => undefined);
      await stop?.();
    }
  }

  class Follower implements AsyncGenerator<Entry, void, void>, Reading<Entry, Place> {
    readonly listener: string;
    after: Place;
    readAt = performance.now();
    readonly #signal: AbortSignal | undefined;
    #topic: Listening | undefined;
    #read: Entry[] = [];
    #waiting: PromiseWithResolvers<IteratorResult<Entry, void>> | undefined;
    /** There may be more than was read. */
    #isBehind = true;
    #isBeingRead = false;
    /** Signals of which it is not known yet whether they concern this listener. */
    #asked = 0;
    /** Reads on behind a cut page. */
    #later: NodeJS.Timeout | undefined;
    #cutForMs = cutForMs.least;
    #isOver = false;

    constructor({ listener, after, signal }: Following<Place> & { signal?: AbortSignal }) {
      this.listener = listener;
      this.after = after;
      this.#signal = signal;
    }

    next(): Promise<IteratorResult<Entry, void>> {
      if (this.#isOver || this.#signal?.aborted) return this.return();
      const entry = this.#read.shift();
      if (entry !== undefined) return Promise.resolve({ done: false, value: entry });
      this.#waiting ??= Promise.withResolvers();
      const { promise } = this.#waiting;
      if (this.#topic) this.#readSoon();
      else this.#begin();
      return promise;
    }

    #begin(): void {
      const topic = topicOf(this.listener);
      this.#topic = topics.get(topic.name) ?? new Listening(topic);
      this.#topic.followers.add(this);
      this.#signal?.addEventListener('abort', this.#ended, { once: true });
      poll ??= setInterval(wakeLate, pollMs / 10).unref();
      // Listens first, so that nothing comes between what is read and what is signalled.
      this.#topic.listening.then(
        () => this.#readSoon(),
        (error: unknown) => this.failed(error),
      );
    }

    signalled(payload: Payload | undefined): void {
      if (this.#isBehind) this.#readSoon();
      else if (!concerns || payload == null || this.#asked >= maxAsked) this.wake();
      else this.#wakeIfConcerned(concerns(payload, this.listener));
    }

    #wakeIfConcerned(asked: Promise<boolean>): void {
      this.#asked += 1;
      const told = (does: boolean) => {
        this.#asked -= 1;
        if (does) this.wake();
      };
      asked.then(told, () => told(true));
    }

    wake(): void {
      this.#isBehind = true;
      this.#readSoon();
    }

    #readSoon(): void {
      if (!this.#isBehind || !this.#waiting || this.#isBeingRead) return;
      reader.add(this);
    }

    begun(): void {
      this.#isBeingRead = true;
      this.#isBehind = false;
      this.readAt = performance.now();
    }

    took(given: Entry[] | CutPage<Entry>): void {
      this.#isBeingRead = false;
      if (this.#isOver) return;
      const page = given instanceof CutPage ? given.entries : given;
      if (given instanceof CutPage) this.#wakeLater();
      else this.#cutForMs = cutForMs.least;
      const last = page.at(-1);
      if (last !== undefined) this.after = placeOf(last);
      if (page.length >= pageSize) this.#isBehind = true;
      const [first, ...others] = page;
      if (first === undefined) {
        this.#readSoon();
        return;
      }
      this.#read = others;
      this.#settle({ done: false, value: first });
    }

    #wakeLater(): void {
      if (this.#later) return;
      this.#later = setTimeout(() => {
        this.#later = undefined;
        this.wake();
      }, this.#cutForMs).unref();
      this.#cutForMs = Math.min(2 * this.#cutForMs, cutForMs.most);
    }

    failed(error: unknown): void {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      this.#end().then(
        () => waiting?.reject(error),
        () => waiting?.reject(error),
      );
    }

    readonly #ended = (): void => {
      this.return().catch(() => undefined);
    };

    #settle(result: IteratorResult<Entry, void>): void {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(result);
    }

    async #end(): Promise<void> {
      this.#isOver = true;
      this.#read = [];
      clearTimeout(this.#later);
      reader.drop(this);
      this.#signal?.removeEventListener('abort', this.#ended);
      await this.#topic?.leave(this);
    }

    async return(): Promise<IteratorResult<Entry, void>> {
      const done = { done: true as const, value: undefined };
      this.#settle(done);
      await this.#end();
      return done;
    }

    async throw(error: unknown): Promise<IteratorResult<Entry, void>> {
      await this.return();
      throw error;
    }

    [Symbol.asyncIterator](): this {
      return this;
    }

    async [Symbol.asyncDispose](): Promise<void> {
      await this.return();
    }
  }

  function wakeLate(): void {
    const latest = performance.now() - pollMs;
    for (const topic of topics.values())
      for (const follower of topic.followers) if (follower.readAt <= latest) follower.wake();
  }

  return { follow: (following) => new Follower(following) };
}
