import { isDatabaseAway } from '../database/database-errors.ts';

/** Somebody who follows a log of theirs, and how far they have come. */
export interface Following<Place> {
  listener: string;
  after: Place;
}

/** Entries behind which there are others whose turn has not come, and of whose coming no signal tells. */
export class CutPage<Entry> {
  readonly entries: Entry[];

  constructor(entries: Entry[]) {
    this.entries = entries;
  }
}

/**
 * Reads what follows in each log, `limit` entries at most, in one statement for all of them and in their order; a CutPage
 * where more is there that can't be given yet, and for a log that is gone what its listener is told. The order in which
 * entries become visible is that of their places (a number given out under a lock), else one that commits late is missed.
 */
export type ReadAfter<Entry, Place> = (
  followings: readonly Following<Place>[],
  limit: number,
) => Promise<(Entry[] | CutPage<Entry> | Error)[]>;

/** Is read for. */
export interface Reading<Entry, Place> extends Following<Place> {
  /** A read begins, at the place that it has now. */
  begun(): void;
  took(page: Entry[] | CutPage<Entry>): void;
  failed(error: unknown): void;
}

/** Reads for all who are added in the same moment at once. */
export interface LogReader<Entry, Place> {
  add(reading: Reading<Entry, Place>): void;
  /** Not if the read has begun. */
  drop(reading: Reading<Entry, Place>): void;
}

/** Of one statement. */
const maxAtOnce = 500;
/** Statements under way: who has far to catch up does not keep those who hear of something new. */
const maxReads = 2;

export function createLogReader<Entry, Place>(
  readAfter: ReadAfter<Entry, Place>,
  pageSize: number,
): LogReader<Entry, Place> {
  const due = new Set<Reading<Entry, Place>>();
  let reads = 0;
  let isScheduled = false;

  /** When all who hear of the same thing have heard of it. */
  function schedule(): void {
    if (isScheduled || reads >= maxReads) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      while (due.size > 0 && reads < maxReads) readSome();
    });
  }

  function readSome(): void {
    const some = [...due.values().take(maxAtOnce)];
    for (const reading of some) {
      due.delete(reading);
      reading.begun();
    }
    reads += 1;
    readFor(some).finally(() => {
      reads -= 1;
      if (due.size > 0) schedule();
    });
  }

  async function readFor(readings: readonly Reading<Entry, Place>[]): Promise<void> {
    try {
      const pages = await readAfter(readings, pageSize);
      for (const [at, reading] of readings.entries()) {
        const page = pages[at] ?? new Error('the log was not read');
        if (page instanceof Error) reading.failed(page);
        else reading.took(page);
      }
    } catch (error) {
      if (readings.length === 1 || isDatabaseAway(error)) {
        for (const reading of readings) reading.failed(error);
        return;
      }
      // It may be the fault of one of them alone.
      for (const reading of readings) await readFor([reading]);
    }
  }

  return {
    add(reading) {
      due.add(reading);
      schedule();
    },
    drop: (reading) => void due.delete(reading),
  };
}

/** The entries of each who follows, by the ordinality `nth` (1, 2, ...) of their rows, which are in order. */
export function pagesOf<Row extends { nth: number }>(
  followings: readonly unknown[],
  rows: readonly Row[],
): Omit<Row, 'nth'>[][] {
  const pages: Omit<Row, 'nth'>[][] = followings.map(() => []);
  for (const { nth, ...entry } of rows) pages[nth - 1]?.push(entry);
  return pages;
}
