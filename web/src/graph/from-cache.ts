/**
 * Which objects of the page's have come from the cache, with all that is in them. They may be masked, optimistic or old by now: what
 * is written into the cache is what the server gave alone.
 */
const ofCache = new WeakSet<object>();

export function tellOfCache(data: unknown): void {
  if (typeof data !== 'object' || data === null || ofCache.has(data)) return;
  ofCache.add(data);
  for (const value of Object.values(data)) tellOfCache(value);
}

export const isOfCache = (data: object): boolean => ofCache.has(data);
