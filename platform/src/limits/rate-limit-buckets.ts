/** One bucket a key; each fills evenly and holds what a minute brings, or less. */
export interface TokenBuckets {
  /** Takes so much out of the key's bucket: 0. With less in it takes nothing and gives the seconds until there is enough. */
  take(key: string, amount?: number): number;
  /** Takes that much whether or not it is there: what is known only afterwards. Whoever owes waits for longer. */
  charge(key: string, amount: number): void;
  /** How many buckets are remembered. */
  readonly size: number;
}

const minuteMs = 60_000;

/**
 * Makes buckets of `perMinute` each, which hold what `holdsMs` bring. What is larger than a whole bucket takes a full one. At most `maxKeys` are
 * remembered: those that are full again are forgotten first, then those that were used least lately.
 */
export function createTokenBuckets(options: {
  perMinute: number;
  holdsMs?: number;
  maxKeys?: number;
  now?: () => number;
}): TokenBuckets {
  const { perMinute, holdsMs = minuteMs, maxKeys = 100_000, now = () => performance.now() } = options;
  /** When each bucket is full again, the one that was used last at the end. */
  const fullAt = new Map<string, number>();

  const forget = (time: number) => {
    let looked = 0;
    for (const [key, full] of fullAt) {
      if (full <= time || fullAt.size >= maxKeys) fullAt.delete(key);
      // A few at each use: nobody waits for a great clearing.
      looked += 1;
      if (looked >= 2) return;
    }
  };

  return {
    take(key, amount = 1) {
      const time = now();
      const full = Math.max(fullAt.get(key) ?? 0, time);
      const after = full + Math.min((Math.max(amount, 0) / perMinute) * minuteMs, holdsMs);
      const tooMuchMs = after - time - holdsMs;
      // What is left over of a sum of fractions is not a refusal.
      if (tooMuchMs > 0.001) return Math.max(1, Math.ceil(tooMuchMs / 1000));
      fullAt.delete(key);
      forget(time);
      if (after > time) fullAt.set(key, after);
      return 0;
    },
    charge(key, amount) {
      const time = now();
      const full = Math.max(fullAt.get(key) ?? 0, time);
      fullAt.delete(key);
      forget(time);
      fullAt.set(key, full + (Math.max(amount, 0) / perMinute) * minuteMs);
    },
    get size() {
      return fullAt.size;
    },
  };
}
