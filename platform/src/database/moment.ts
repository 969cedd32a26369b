/** What is looked up at the same time for several requests or events is looked up once. */
export interface Moment {
  /** What was made under this key in this moment, or what `make` gives. */
  share<T>(key: object, make: () => T): T;
}

/** A moment of nobody else's. */
export function createMoment(): Moment {
  const shared = new Map<object, unknown>();
  return {
    share<T>(key: object, make: () => T): T {
      if (!shared.has(key)) shared.set(key, make());
      return shared.get(key) as T;
    },
  };
}

/**
 * Gives all who ask one after another, without waiting for anything but what is known already, the same moment. It is
 * over before the first look-up begins, so that nobody has a row that was read before they came.
 */
export function createMoments(): () => Moment {
  let present: Moment | undefined;
  return () => {
    if (!present) {
      present = createMoment();
      // Loaders begin in just this way, and those of this moment are made after it.
      Promise.resolve().then(() =>
        process.nextTick(() => {
          present = undefined;
        }),
      );
    }
    return present;
  };
}
