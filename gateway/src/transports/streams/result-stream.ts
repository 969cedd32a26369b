import type { ServerResponse } from 'node:http';
import {
  type LiveEvent,
  type LiveStream,
  type Subscriber,
  SubscriptionRefused,
} from '@socialhub/federation-engine';
import type { GraphQLFormattedError } from 'graphql';
import type { StreamFormat } from './stream-format.ts';

/** One operation's answer as a stream: any number of results, then the word that it is complete. */
export class ResultStream implements Subscriber {
  readonly #response: ServerResponse;
  readonly #format: StreamFormat;
  readonly #waitingBytes: number;
  #stop: (() => void) | undefined;
  #errorsOf: ((error: Error) => readonly GraphQLFormattedError[]) | undefined;
  #isOver = false;

  constructor(response: ServerResponse, format: StreamFormat, waitingBytes: number) {
    this.#response = response;
    this.#format = format;
    this.#waitingBytes = waitingBytes;
  }

  /** Sends the head at once, so that the client knows that it has been understood. */
  open(): void {
    if (this.#isOver || this.#response.headersSent) return;
    this.#response.writeHead(200, {
      'content-type': this.#format.contentType,
      'cache-control': 'no-store',
      // Proxies of the nginx family would keep events until they have many.
      'x-accel-buffering': 'no',
    });
    this.#write(this.#format.opening);
  }

  follow(stream: LiveStream, errorsOf: (error: Error) => readonly GraphQLFormattedError[]): void {
    if (this.#isOver) return;
    this.#errorsOf = errorsOf;
    const stop = stream.start(this);
    if (this.#isOver) stop();
    else this.#stop = stop;
  }

  deliver(events: readonly LiveEvent[]): void {
    this.#write(events.map(({ text }) => this.#format.next(text)).join(''));
  }

  end(error?: Error): void {
    this.#stop = undefined;
    const errors = error && this.#errorsOf?.(error);
    // What its subgraph refused is an answer to the operation; anything else cut it off.
    if (errors && error instanceof SubscriptionRefused) this.answer(JSON.stringify({ errors }));
    else this.finish(errors);
  }

  /** Gives the operation's only result. */
  answer(result: string): void {
    this.open();
    this.#write(this.#format.next(result));
    this.finish();
  }

  heartbeat(): void {
    if (this.#response.headersSent) this.#write(this.#format.heartbeat);
  }

  /** Ends the operation; with errors, these are why the gateway does. */
  finish(errors?: readonly GraphQLFormattedError[]): void {
    if (this.#isOver) return;
    this.open();
    this.#response.write((errors ? this.#format.ending(errors) : '') + this.#format.complete);
    this.#over();
  }

  /** Ends the answer, not the operation: whoever reads it asks again. */
  breakOff(): void {
    if (this.#isOver) return;
    // The connection would be kept for a next request, and a gateway that drains waits for it.
    const { socket } = this.#response;
    this.#response.once('finish', () => socket?.end());
    this.#over();
  }

  /** Bytes that wait for the reader. */
  get kept(): number {
    return this.#response.writableLength;
  }

  /** It is too slow: it may come back with its cursor. */
  cut(): void {
    this.stop();
    this.#response.destroy();
  }

  /** The client has gone. */
  stop(): void {
    this.#isOver = true;
    this.#stop?.();
    this.#stop = undefined;
  }

  #over(): void {
    this.stop();
    if (this.#response.headersSent) this.#response.end();
    else this.#response.destroy();
  }

  #write(text: string): void {
    if (this.#isOver) return;
    // What waited before: how long an answer is says nothing of its reader.
    if (this.kept > this.#waitingBytes) this.cut();
    else this.#response.write(text);
  }
}
