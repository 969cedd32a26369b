/** What was tried, by what it says: texts are unique, so that each can be found again. */
export interface Attempts {
  /** All that was sent, be it once or again and again with the same key. */
  attempted: Set<string>;
  /** Of which the sender has an answer. */
  acknowledged: Set<string>;
}

export const newAttempts = (): Attempts => ({ attempted: new Set(), acknowledged: new Set() });

/** How what is there differs from what was done. */
export interface Count {
  attempted: number;
  acknowledged: number;
  /** Acknowledged, and not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** There, and never sent. */
  foreign: number;
}

/** Compares what was done with what is there. What was sent and not acknowledged may be there, once. */
export function countOf({ attempted, acknowledged }: Attempts, there: readonly string[]): Count {
  const known = new Set(there);
  return {
    attempted: attempted.size,
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((one) => !known.has(one)).length,
    doubled: there.length - known.size,
    foreign: [...known].filter((one) => !attempted.has(one)).length,
  };
}

/** How many elements one has and the other has not. */
export function differences(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].filter((element) => !others.has(element)).length;
  return without(one, other) + without(other, one);
}
