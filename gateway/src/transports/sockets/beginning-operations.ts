/** Ids of a client's operations that are not answered or started yet, those that the client has completed meanwhile too. */
export class BeginningOperations {
  /** Most sockets have none at most times. */
  #ids: Set<string> | undefined = undefined;

  get size(): number {
    return this.#ids?.size ?? 0;
  }

  /** False: one with this id has not begun yet. */
  add(id: string): boolean {
    this.#ids ??= new Set();
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    return true;
  }

  delete(id: string): void {
    this.#ids?.delete(id);
    if (this.#ids?.size === 0) this.#ids = undefined;
  }
}
