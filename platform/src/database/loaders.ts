import DataLoader from 'dataloader';
import type { Viewer } from '../identity/identity.ts';
import type { Moment } from './moment.ts';

const maxBatchSize = 500;

/** Loads rows by key in one query a tick; a key without a row gives null. One instance serves one request. */
export function batchLoader<Row>(
  load: (keys: readonly string[]) => PromiseLike<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (keys) => {
      const byKey = new Map((await load(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => byKey.get(key) ?? null);
    },
    { maxBatchSize },
  );
}

/** Loads, for each key, all rows that belong to it, in the order in which `load` gave them. */
export function groupLoader<Row>(
  load: (keys: readonly string[]) => PromiseLike<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const byKey = Map.groupBy(await load(keys), keyOf);
      return keys.map((key) => byKey.get(key) ?? []);
    },
    { maxBatchSize },
  );
}

/** Something that is read with a viewer's right. */
export interface Asked {
  viewer: Viewer | null;
  id: string;
}

/** What is read with one viewer's right, by id. */
export interface ViewerLoader<Value> {
  load(id: string): Promise<Value>;
  clear(id: string): void;
  clearAll(): void;
  prime(id: string, value: Value): void;
}

/**
 * Loads what each viewer may see, for all who ask at the same moment in one query: `load` gives a value for each who asks, in
 * their order, and is told with every id whose right it is read with. A value is known again to the same viewer in the
 * same role alone. `load` stands for the loader in its moment: the same function is given each time.
 */
export function viewerLoader<Reader, Value>(
  { moment, viewer }: { moment: Moment; viewer: Viewer | null },
  reader: Reader,
  load: (reader: Reader, asked: readonly Asked[]) => PromiseLike<readonly Value[]>,
): ViewerLoader<Value> {
  const shared = moment.share(
    load,
    () =>
      new DataLoader<Asked, Value, string>(async (asked) => load(reader, asked), {
        maxBatchSize,
        cacheKeyFn: ({ viewer, id }) => `${viewer?.userId ?? ''} ${viewer?.role ?? ''} ${id}`,
      }),
  );
  return {
    load: (id) => shared.load({ viewer, id }),
    clear: (id) => void shared.clear({ viewer, id }),
    clearAll: () => void shared.clearAll(),
    prime: (id, value) => void shared.prime({ viewer, id }, value),
  };
}

/** Those who ask as columns, for `unnest(...) WITH ORDINALITY`. */
export const askedColumns = (asked: readonly Asked[]) => ({
  viewerIds: asked.map(({ viewer }) => viewer?.userId ?? null),
  areModerators: asked.map(({ viewer }) => viewer !== null && viewer.role !== 'MEMBER'),
  ids: asked.map(({ id }) => id),
});

/** A value for each who asks, by the ordinality `nth` (1, 2, ...) of its row; null without one. */
export function inOrder<Row extends { nth: number }>(
  asked: readonly Asked[],
  rows: readonly Row[],
): (Omit<Row, 'nth'> | null)[] {
  const found: (Omit<Row, 'nth'> | null)[] = asked.map(() => null);
  for (const { nth, ...row } of rows) found[nth - 1] = row;
  return found;
}
