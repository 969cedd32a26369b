/** Decisions read from a tape of numbers; past its end every decision is the first one, so short tapes are simple cases. */
export interface Choices {
  /** A number below `count`. */
  pick(count: number): number;
  of<T>(items: readonly T[]): T;
  /** True for about one in `count`. */
  oneIn(count: number): boolean;
}

export function choicesFrom(tape: readonly number[]): Choices {
  let at = 0;
  const pick = (count: number) => (count <= 1 ? 0 : (tape[at++] ?? 0) % count);
  return {
    pick,
    of(items) {
      const item = items[pick(items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
    oneIn: (count) => pick(count) === count - 1,
  };
}

/** FNV-1a: the same number for the same parts, in every run. */
export function hash(...parts: readonly unknown[]): number {
  let value = 0x811c9dc5;
  for (const char of parts.join('\u0001')) {
    value ^= char.codePointAt(0) ?? 0;
    value = Math.imul(value, 0x01000193);
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 13;
  return value >>> 0;
}
