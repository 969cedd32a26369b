/** How much each has used lately: what was used a while ago counts half. */
export interface RecentUse {
  of(who: string): number;
  /** Less than nothing gives back. */
  add(who: string, amount: number): void;
  /** How many are remembered. */
  readonly size: number;
}

/** At most `maxKept` are remembered, those whose use was noted last. */
export function createRecentUse(options: {
  halfLifeMs: number;
  maxKept?: number;
  now?: () => number;
}): RecentUse {
  const { halfLifeMs, maxKept = 10_000, now = () => performance.now() } = options;
  const kept = new Map<string, { amount: number; at: number }>();

  const of = (who: string) => {
    const found = kept.get(who);
    return found ? found.amount * 0.5 ** ((now() - found.at) / halfLifeMs) : 0;
  };

  return {
    of,
    add(who, amount) {
      const sum = Math.max(0, of(who) + amount);
      kept.delete(who);
      const [oldest] = kept.keys();
      if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest);
      kept.set(who, { amount: sum, at: now() });
    },
    get size() {
      return kept.size;
    },
  };
}
