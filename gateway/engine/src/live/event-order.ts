import type { ExecutionResult } from 'graphql';
import { LiveEvent } from './event-source.ts';

/** Events of one stream that are executed at the same time. */
const maxUnderWay = 8;

interface UnderWay {
  readonly number: number;
  event?: LiveEvent;
}

/** Executes the events of a stream, a few at the same time, and gives their answers in the order in which they came. */
export class EventOrder {
  readonly #maxWaiting: number;
  readonly #execute: (event: ExecutionResult) => Promise<string>;
  readonly #tell: { ready(): void; failed(error: unknown): void };
  #received = 0;
  #waiting: { number: number; event: ExecutionResult }[] | undefined;
  #underWay: UnderWay[] = [];

  /** `ready` is called when the answer at the front is there, `failed` when one can't be had. */
  constructor(
    maxWaiting: number,
    execute: (event: ExecutionResult) => Promise<string>,
    tell: { ready(): void; failed(error: unknown): void },
  ) {
    this.#maxWaiting = maxWaiting;
    this.#execute = execute;
    this.#tell = tell;
  }

  /** The number of the last event. */
  get received(): number {
    return this.#received;
  }

  get isEmpty(): boolean {
    return this.#underWay.length === 0;
  }

  /** False: too many wait already. */
  take(event: ExecutionResult): boolean {
    this.#received += 1;
    const next = { number: this.#received, event };
    if (this.#underWay.length < maxUnderWay) this.#begin(next);
    else {
      this.#waiting ??= [];
      if (this.#waiting.length >= this.#maxWaiting) return false;
      this.#waiting.push(next);
    }
    return true;
  }

  /** Those at the front whose answers are there, numbered one after another. They make room: see `goOn`. */
  takeReady(): Required<UnderWay>[] {
    const pending = this.#underWay.findIndex(({ event }) => !event);
    return this.#underWay.splice(0, pending === -1 ? this.#underWay.length : pending) as Required<UnderWay>[];
  }

  /** Begins with those that wait. */
  goOn(): void {
    while (this.#underWay.length < maxUnderWay) {
      const next = this.#waiting?.shift();
      if (!next) return;
      this.#begin(next);
    }
  }

  clear(): void {
    this.#underWay = [];
    this.#waiting = undefined;
  }

  #begin({ number, event }: { number: number; event: ExecutionResult }): void {
    const place: UnderWay = { number };
    this.#underWay.push(place);
    this.#execute(event).then(
      (text) => {
        place.event = new LiveEvent(text);
        if (place === this.#underWay[0]) this.#tell.ready();
      },
      (error: unknown) => this.#tell.failed(error),
    );
  }
}
