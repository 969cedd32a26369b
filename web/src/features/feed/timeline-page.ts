import 'server-only';
import { ask, type Outcome } from '../../gateway/client.ts';
import { ExploreQuery, HomeQuery, HomeTimelineQuery, PublicTimelineQuery } from '../../gateway/operations.ts';
import { askPublic } from '../../gateway/public-reads.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { ExploreQuery as Explore, HomeQuery as Home, TimelineFragment } from './generated/documents.ts';
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

/** The page at home from a cursor on, and whom it is for. */
export const readHome = async (after: string | null): Promise<Outcome<Home>> =>
  ask(HomeQuery, { first: PAGE_SIZE, after }, await currentCaller());

/** Of how many of the latest posts the authors are looked at. */
const looksAt = 40;

/** The page of what everybody may see from a cursor on, and whom it is for. */
export async function readExplore(after: string | null): Promise<Outcome<Explore>> {
  const caller = await currentCaller();
  const isMember = Boolean(caller.accessToken);
  return askPublic(ExploreQuery, { first: PAGE_SIZE, after, latest: looksAt, isMember }, caller);
}

/** Takes a search parameter, gives the cursor in it, or null. */
export function cursorFrom(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 1_000 ? value : null;
}
