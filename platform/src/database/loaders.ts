import DataLoader from 'dataloader';

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
