import type { Dispatcher } from 'undici';
import type { Patience } from './patience.ts';

export interface Answer {
  status: number;
  text: string;
}

/** The answer is longer than it may be. Says nothing of the subgraph's health: it may be what was asked for. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/**
 * One POST and its answer, without the streams that undici's `request` makes for each. Rejects with why the patience
 * ended, AnswerTooLarge, or the fault of the connection.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: { path: string; headers: Record<string, string>; body: string },
  patience: Patience,
  maxBytes: number,
): Promise<Answer> {
  if (patience.ended) return Promise.reject(patience.ended);
  return new Promise((resolve, reject) => {
    const handler = new AnswerHandler(resolve, reject, maxBytes);
    patience.onEnd = (reason) => handler.stop(reason);
    dispatcher.dispatch({ method: 'POST', ...request }, handler);
  });
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: Error) => void;
  readonly #maxBytes: number;
  #controller: Dispatcher.DispatchController | undefined;
  #stopped: Error | undefined;
  #status = 0;
  #bytes = 0;
  #chunks: Buffer[] = [];

  constructor(resolve: (answer: Answer) => void, reject: (error: Error) => void, maxBytes: number) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#maxBytes = maxBytes;
  }

  stop(reason: Error): void {
    this.#stopped = reason;
    this.#chunks = [];
    this.#controller?.abort(reason);
    this.#reject(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection until nobody wanted it any more: nothing has been sent, nothing will be.
    if (this.#stopped) controller.abort(this.#stopped);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#maxBytes) this.#chunks.push(chunk);
    else this.stop(new AnswerTooLarge(`the answer has more than ${this.#maxBytes} bytes`));
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#bytes);
    this.#resolve({ status: this.#status, text: body.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}
