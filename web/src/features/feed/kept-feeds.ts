import type { FeedList } from './feed-list.ts';
import type { TimelineFragment } from './generated/documents.ts';

/** A timeline as it was left, and the page of the server's on which it stood. */
export interface KeptFeed {
  page: TimelineFragment;
  list: FeedList;
}

/**
 * What each timeline of this tab had when it was left, so that who comes back finds the place. In the browser alone: nothing is put here
 * where pages are rendered for everybody.
 */
const kept = new Map<string, KeptFeed>();

export const keptFeed = (key: string): KeptFeed | null => kept.get(key) ?? null;

export const keepFeed = (key: string, feed: KeptFeed): void => void kept.set(key, feed);
