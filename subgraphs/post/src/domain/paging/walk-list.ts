import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { Place } from '../../store/paging/list-pages.ts';

/** What was found in a stretch of a list, and the last place that was looked at; null where the list ends in it. */
export interface Stretch<Row> {
  rows: Row[];
  end: Place | null;
}

/** A page, and the place where looking for more was given up; null when it is full or the list is at its end. */
export interface Walked<Row> {
  rows: Row[];
  cutAt: Place | null;
}

/**
 * Fills a page of a list of which many rows may not be for the viewer: in stretches of these sizes, one after the other until it is full.
 * So no page costs more than they are together, whatever stands between what it shows.
 */
export async function walkList<Row>(
  page: PageRequest<Place>,
  sizes: readonly number[],
  read: (after: Place | null, size: number) => Promise<Stretch<Row>>,
): Promise<Walked<Row>> {
  const found: Row[] = [];
  let { after } = page;
  for (const size of sizes) {
    const { rows, end } = await read(after, size);
    found.push(...rows);
    if (found.length >= page.limit || end === null) return { rows: found.slice(0, page.limit), cutAt: null };
    after = end;
  }
  return { rows: found, cutAt: after };
}
