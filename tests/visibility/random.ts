/** The same draws for the same seed. */
export interface Random {
  /** 0 to `count` - 1. */
  below(count: number): number;
  /** One of them, null of none. */
  oneOf<T>(all: readonly T[]): T | null;
  /** Each with this chance. */
  some<T>(all: readonly T[], chance: number): T[];
  /** True with this chance. */
  chance(chance: number): boolean;
}

/** A linear congruential generator (Numerical Recipes, 7.1) of 32 bits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    oneOf: (all) => all[below(all.length)] ?? null,
    some: (all, chance) => all.filter(() => next() < chance),
    chance: (chance) => next() < chance,
  };
}
