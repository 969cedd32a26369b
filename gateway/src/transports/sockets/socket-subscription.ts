import type { LiveEvent, LiveStream, Subscriber } from '@socialhub/federation-engine';
import type { SocketConnection } from './socket-connection.ts';

/**
 * A subscription as the protocol library runs one: something to iterate that starts at the first `next`. It yields
 * nothing, though; events go straight to the socket, and what the library is told is the end alone.
 */
export class SocketSubscription implements AsyncIterableIterator<never>, Subscriber {
  readonly #connection: SocketConnection;
  readonly #prefix: string;
  #stream: LiveStream | undefined;
  #stop: (() => void) | undefined;
  /** Who has one subscription more for this one. */
  #counted: string | undefined = undefined;
  #settle:
    | { resolve: (done: IteratorReturnResult<undefined>) => void; reject: (error: Error) => void }
    | undefined;
  #isOver = false;

  constructor(connection: SocketConnection, id: string, stream: LiveStream) {
    this.#connection = connection;
    this.#prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`).toString('latin1');
    this.#stream = stream;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorReturnResult<undefined>> {
    const stream = this.#stream;
    if (this.#isOver || !stream) return Promise.resolve(done);
    this.#stream = undefined;
    return new Promise((resolve, reject) => {
      this.#counted = this.#connection.countSubscription();
      this.#settle = { resolve, reject };
      const stop = stream.start(this);
      if (this.#isOver) stop();
      else this.#stop = stop;
    });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#stop?.();
    this.end();
    return done;
  }

  deliver(events: readonly LiveEvent[]): void {
    if (this.#isOver || this.#connection.sendEvents(this.#prefix, events)) return;
    this.#stop?.();
    this.end();
  }

  end(error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop = undefined;
    if (this.#counted !== undefined) this.#connection.subscriptionEnded(this.#counted);
    if (error) this.#settle?.reject(error);
    else this.#settle?.resolve(done);
    this.#settle = undefined;
  }
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
