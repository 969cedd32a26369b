/** What became of what was acknowledged, over all who were to see it. */
export interface Tally {
  acknowledged: number;
  /** Events that came: acknowledged ones, and those whose sender heard nothing. */
  seen: number;
  /** Acknowledged, and somebody never saw it. */
  lost: number;
  /** Came more than once to the same one. */
  twice: number;
  /** Came after one that was later. */
  disordered: number;
}

/**
 * Compares the numbers of messages that their senders have an answer to with what each listener saw, in the order in which it
 * came. A listener is owed what is numbered after the first that it saw.
 */
export function tally(acknowledged: readonly number[], listeners: readonly (readonly number[])[]): Tally {
  const sum: Tally = { acknowledged: acknowledged.length, seen: 0, lost: 0, twice: 0, disordered: 0 };
  for (const came of listeners) {
    const known = new Set(came);
    const [first = 0] = came;
    sum.seen += came.length;
    sum.twice += came.length - known.size;
    sum.lost += acknowledged.filter((seq) => seq >= first && !known.has(seq)).length;
    let latest = 0;
    for (const seq of came) {
      if (seq < latest) sum.disordered += 1;
      latest = Math.max(latest, seq);
    }
  }
  return sum;
}

/** The most that happened within any stretch of so many milliseconds. */
export function mostWithin(times: readonly number[], ms: number): number {
  let from = 0;
  let most = 0;
  const sorted = times.toSorted((a, b) => a - b);
  for (const [to, time] of sorted.entries()) {
    while (time - (sorted[from] ?? time) >= ms) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
