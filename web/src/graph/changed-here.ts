import type { ApolloCache, Reference, StoreObject } from '@apollo/client';

/*
 * What one changed in this tab, by thing and field, with the time of the answer: a page that was asked for before knows nothing of it, whenever
 * it arrives.
 */

type Times = Map<string, Map<string, number>>;

const changed = new WeakMap<ApolloCache, Times>();
/** Of so many things, the last that changed: a page is on its way for seconds. */
const most = 1_000;

function note(cache: ApolloCache, id: string, fields: Iterable<string>): void {
  const times: Times = changed.get(cache) ?? new Map();
  changed.set(cache, times);
  const ofThing = times.get(id) ?? new Map<string, number>();
  for (const field of fields) ofThing.set(field, performance.now());
  times.delete(id);
  times.set(id, ofThing);
  for (const oldest of times.keys()) {
    if (times.size <= most) break;
    times.delete(oldest);
  }
}

/** Notes what an answer says of things that have an id. */
export function noteAnswer(cache: ApolloCache, data: unknown): void {
  eachThing(cache, data, (id, thing) => note(cache, id, Object.keys(thing)));
}

const underWay = new WeakMap<ApolloCache, number>();

/** A change is sent, and what is expected of it lies over the cache until what this gives is called. */
export function beginChange(cache: ApolloCache): () => void {
  const count = (by: number) => underWay.set(cache, (underWay.get(cache) ?? 0) + by);
  count(1);
  return () => void count(-1);
}

/** A cache that notes what is modified by it. */
export const noting = (cache: ApolloCache): ApolloCache =>
  new Proxy(cache, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key !== 'modify') return value.bind(target);
      return (options: Parameters<ApolloCache['modify']>[0]) => {
        if (options.id !== undefined) note(target, options.id, Object.keys(options.fields));
        return target.modify(options);
      };
    },
  });

/**
 * Writes what a page has of things, which it was asked for at a time; what one changed of them since stays as it is. Tells whether the cache may
 * show something else than the page has.
 */
export function writeKeeping(cache: ApolloCache, part: object, askedAt: number, write: () => void): boolean {
  const kept = new Map<string, string[]>();
  eachThing(cache, part, (id) => {
    const fields = [...(changed.get(cache)?.get(id) ?? [])].filter(([, at]) => at > askedAt);
    if (fields.length > 0)
      kept.set(
        id,
        fields.map(([field]) => field),
      );
  });
  if (kept.size === 0) {
    write();
    return (underWay.get(cache) ?? 0) > 0;
  }
  cache.batch({
    optimistic: false,
    update() {
      const restores = [...kept].map(([id, fields]) => restoring(cache, id, fields));
      write();
      for (const restore of restores) restore();
    },
  });
  return true;
}

/** Takes fields of a thing as the cache has them, gives what puts them back. */
function restoring(cache: ApolloCache, id: string, fields: string[]): () => void {
  const values = new Map<string, unknown>();
  const modify = (change: (value: unknown, name: string) => unknown) =>
    cache.modify({
      id,
      optimistic: false,
      fields: Object.fromEntries(
        fields.map((field) => [
          field,
          (value: unknown, { storeFieldName }: { storeFieldName: string }) => change(value, storeFieldName),
        ]),
      ),
    });
  modify((value, name) => {
    values.set(name, value);
    return value;
  });
  return () =>
    modify((value, name) => {
      const before = values.get(name);
      if (before === undefined) return value;
      // Of what is a part of the thing the page may know more.
      return isPart(before) && isPart(value) ? { ...value, ...before } : before;
    });
}

const isPart = (value: unknown): value is StoreObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (value as Partial<Reference>).__ref === undefined;

function eachThing(cache: ApolloCache, data: unknown, take: (id: string, thing: object) => void): void {
  if (typeof data !== 'object' || data === null) return;
  const id = Array.isArray(data) ? undefined : cache.identify(data as StoreObject);
  if (id !== undefined) take(id, data);
  for (const value of Object.values(data)) eachThing(cache, value, take);
}
