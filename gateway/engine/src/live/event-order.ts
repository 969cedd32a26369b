import type { ExecutionResult } from 'graphql';
import { LiveEvent } from './event-source.ts';

/** Events of one stream that are executed at the same time. */
const maxUnderWay = 8;

interface UnderWay {
  readonly number: number;
  event?: LiveEvent;
}

/** Whose events they are. */
export interface EventOwner {
  /** Gives the event's result as text. */
  execute(event: ExecutionResult): Promise<string>;
  /** The result at the front is there. */
  ready(): void;
  /** One can't be had. */
  failed(error: unknown): void;
}

/** Has the events of a stream executed, a few at the same time, and gives the results in the order in which they came. */
export class EventOrder {
  readonly #maxWaiting: number;
  readonly #owner: EventOwner;
  #received = 0;
  #waiting: { number: number; event: ExecutionResult }[] | undefined;
  #underWay: UnderWay[] = [];

  constructor(maxWaiting: number, owner: EventOwner) {
    this.#maxWaiting = maxWaiting;
    this.#owner = owner;
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

  /** Those at the front whose results are there, numbered one after another. They make room: see `goOn`. */
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
    this.#owner.execute(event).then(
      (text) => {
        place.event = new LiveEvent(text);
        if (place === this.#underWay[0]) this.#owner.ready();
      },
      (error: unknown) => this.#owner.failed(error),
    );
  }
}
