/** Has its place noted by the crowd that it is in. */
export interface Member {
  place: number;
}

/**
 * Those who are there at the moment, in no order. Unlike a Set, which makes itself anew each few dozen of them, it
 * leaves nothing behind that keeps those who are gone alive until the whole heap is collected.
 */
export class Crowd<M extends Member> {
  readonly #members: (M | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Not one who is in it, or in another. */
  add(member: M): void {
    member.place = this.#size;
    this.#members[this.#size] = member;
    this.#size += 1;
  }

  /** Only one who is in it. */
  delete(member: M): void {
    this.#size -= 1;
    const last = this.#members[this.#size] as M;
    this.#members[member.place] = last;
    last.place = member.place;
    this.#members[this.#size] = undefined;
  }

  *[Symbol.iterator](): Iterator<M> {
    for (let place = 0; place < this.#size; place += 1) yield this.#members[place] as M;
  }
}
