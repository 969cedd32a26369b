import type { ExecutionResult } from 'graphql';

/**
 * One event of a subscription, ready to go out. It is made once for all who get it; `bytes` is its text in UTF-8,
 * written one byte a character ("latin1"), which sockets take without encoding it again for each reader.
 */
export class LiveEvent {
  readonly text: string;
  #bytes: string | undefined;
  #buffer: Buffer | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get bytes(): string {
    this.#bytes ??= isAscii(this.text) ? this.text : Buffer.from(this.text).toString('latin1');
    return this.#bytes;
  }

  /** The same, to be kept once while it waits for many readers. */
  get buffer(): Buffer {
    this.#buffer ??= Buffer.from(this.text);
    return this.#buffer;
  }
}

/** Who is told of a subscription's events. After `end` or a stop, nothing more is heard. */
export interface Subscriber {
  /** In their order, one at least: what has come together may go out together. */
  deliver(events: readonly LiveEvent[]): void;
  /** Without an error the subscription is complete. */
  end(error?: Error): void;
}

/** A subscription that has been checked and can be started. */
export interface LiveStream {
  /** Gives what stops it. */
  start(subscriber: Subscriber): () => void;
}

/** Gives an event's answer as clients read it. */
export type Serialise = (result: ExecutionResult) => string;

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;
