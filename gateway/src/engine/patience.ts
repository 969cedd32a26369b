/**
 * How long somebody waits: until a deadline, or until whoever asked has gone. Like an AbortSignal, for one listener
 * and much cheaper, because every fetch has one.
 */
export class Patience {
  /** Why it has ended, once it has. */
  ended: Error | undefined;
  /** Called once, when it ends; never after `clear`. */
  onEnd: ((reason: Error) => void) | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  readonly #gone = () => this.#end(new Error('nobody waits for the answer any more'));

  constructor(ms: number, signal: AbortSignal | undefined) {
    this.#timer = setTimeout(() => this.#end(new Error(`no answer within ${ms} ms`)), ms);
    this.#signal = signal;
    if (signal?.aborted) this.#gone();
    else signal?.addEventListener('abort', this.#gone);
  }

  /** What was waited for is there. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#gone);
    this.onEnd = undefined;
  }

  #end(reason: Error): void {
    const { onEnd } = this;
    this.ended = reason;
    this.clear();
    onEnd?.(reason);
  }
}
