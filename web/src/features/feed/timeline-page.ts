import 'server-only';
import type { Outcome } from '../../gateway/client.ts';
import { HomeTimelineQuery, PublicTimelineQuery } from '../../gateway/operations.ts';
import { askPublic } from '../../gateway/public-reads.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { TimelineFragment } from './generated/documents.ts';
import { PAGE_SIZE } from './page-size.ts';

export { PAGE_SIZE };

export type TimelineName = 'home' | 'public';

/** Takes a timeline and a cursor, gives that page as the gateway sees it for the caller of this request. */
export async function readTimeline(
  name: TimelineName,
  after: string | null,
): Promise<Outcome<{ timeline: TimelineFragment | null }>> {
  const query = name === 'home' ? HomeTimelineQuery : PublicTimelineQuery;
  return askPublic(query, { first: PAGE_SIZE, after }, await currentCaller());
}

/** Takes a search parameter, gives the cursor in it, or null. */
export function cursorFrom(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 1_000 ? value : null;
}
