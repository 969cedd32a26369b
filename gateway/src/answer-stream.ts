import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { LiveEvent, LiveStream, Subscriber } from './engine/index.ts';

/** One operation's answer as Server-Sent Events: any number of `next`, then `complete`. */
export class AnswerStream implements Subscriber {
  readonly #response: ServerResponse;
  readonly #waitingBytes: number;
  #stop: (() => void) | undefined;
  #errorsOf: ((error: Error) => readonly GraphQLFormattedError[]) | undefined;
  #isOver = false;

  constructor(response: ServerResponse, waitingBytes: number) {
    this.#response = response;
    this.#waitingBytes = waitingBytes;
  }

  /** Sends the head at once, so that the client knows that it has been understood. */
  open(): void {
    if (this.#isOver || this.#response.headersSent) return;
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies of the nginx family would keep events until they have many.
      'x-accel-buffering': 'no',
    });
    this.comment();
  }

  follow(stream: LiveStream, errorsOf: (error: Error) => readonly GraphQLFormattedError[]): void {
    if (this.#isOver) return;
    this.#errorsOf = errorsOf;
    const stop = stream.start(this);
    if (this.#isOver) stop();
    else this.#stop = stop;
  }

  deliver(events: readonly LiveEvent[]): void {
    this.#write(events.map(({ text }) => nextMessage(text)).join(''));
  }

  end(error?: Error): void {
    this.#stop = undefined;
    this.finish(error && this.#errorsOf?.(error));
  }

  /** `result` is JSON, which has no line breaks of its own. */
  next(result: string): void {
    this.#write(nextMessage(result));
  }

  comment(): void {
    if (this.#response.headersSent) this.#write(':\n\n');
  }

  /** Ends the operation; with errors, these are its last result. */
  finish(errors?: readonly GraphQLFormattedError[]): void {
    if (this.#isOver) return;
    this.open();
    if (errors) this.next(JSON.stringify({ errors }));
    this.#write('event: complete\ndata: \n\n');
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
    this.#response.write(text);
    if (this.#response.writableLength <= this.#waitingBytes) return;
    // Too slow: it may come back with its cursor.
    this.stop();
    this.#response.destroy();
  }
}

const nextMessage = (result: string) => `event: next\ndata: ${result}\n\n`;
