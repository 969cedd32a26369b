import type { PageRequest } from '@socialhub/platform/database/pagination';
import DataLoader from 'dataloader';
import { Prisma } from '../../generated/prisma/client.ts';

/** The place of a row in every list of this service: its time, ties by id. */
export type Place = [time: Date, id: string];

/** A page of the list that one owner has: a post its comments, a person their posts. */
export interface OwnedPage {
  ownerId: string;
  page: PageRequest<Place>;
}

/** A row of a page, and which of the wanted pages it belongs to (1 is the first). */
export type PageRow<Row> = Row & { nth: number };

/** No thing has it: with it a place is just before all things of its time. */
export const firstId = '00000000-0000-0000-0000-000000000000';
const firstPlace: [string, string] = ['-infinity', firstId];
const lastPlace: [string, string] = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/** The table `want (owner_id, first_rows, after_time, after_id, nth)`, one row for each wanted page. */
export function wantedPages(pages: readonly OwnedPage[], order: 'oldest first' | 'newest first'): Prisma.Sql {
  const start = order === 'oldest first' ? firstPlace : lastPlace;
  const after = pages.map(({ page }) => (page.after ? sqlPlace(page.after) : start));
  return Prisma.sql`unnest(
    ${pages.map(({ ownerId }) => ownerId)}::uuid[],
    ${pages.map(({ page }) => page.limit)}::int[],
    ${after.map(([time]) => time)}::timestamptz[],
    ${after.map(([, id]) => id)}::uuid[]
  ) WITH ORDINALITY AS want (owner_id, first_rows, after_time, after_id, nth)`;
}

/** `(time, id)` behind which a page begins, as an SQL row; `page.after` null means from the newest on. */
export function beforePlace(after: Place | null): Prisma.Sql {
  const [time, id] = beforeParts(after);
  return Prisma.sql`(${time}, ${id})`;
}

/** The same as two expressions. */
export function beforeParts(after: Place | null): [time: Prisma.Sql, id: Prisma.Sql] {
  const [time, id] = after ? sqlPlace(after) : lastPlace;
  return [Prisma.sql`${time}::timestamptz`, Prisma.sql`${id}::uuid`];
}

const sqlPlace = ([time, id]: Place): [string, string] => [time.toISOString(), id];

/** Loads the pages of many owners in one query a tick. */
export function pageLoader<Row>(
  load: (pages: readonly OwnedPage[]) => Promise<readonly PageRow<Row>[]>,
): DataLoader<OwnedPage, Row[], string> {
  return new DataLoader(
    async (pages) => {
      const byPage = Map.groupBy(await load(pages), (row) => Number(row.nth));
      return pages.map((_, index) => byPage.get(index + 1) ?? []);
    },
    { maxBatchSize: 200, cacheKeyFn: ({ ownerId, page }) => `${ownerId} ${JSON.stringify(page)}` },
  );
}
