import type { TimelineFragment } from './generated/documents.ts';

type Edge = TimelineFragment['edges'][number];
/** A post of a list, by its id. */
export type Listed = Edge['node'];

/** What is here of a timeline, newest first, and where it goes on. */
export interface FeedList {
  posts: Listed[];
  next: string | null;
}

const listOf = ({ edges, pageInfo }: TimelineFragment): FeedList => ({
  posts: edges.map(({ node }) => node),
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
});

const without = (posts: readonly Listed[], others: readonly Listed[]): Listed[] => {
  const ids = new Set(others.map(({ id }) => id));
  return posts.filter(({ id }) => !ids.has(id));
};

/**
 * Puts a first page that the server read now into what is here: what is here beyond it stays where the two meet; what the page has no
 * more is gone.
 */
export function mergeFirst(before: FeedList | null, page: TimelineFragment): FeedList {
  const read = listOf(page);
  const last = before?.posts.findLastIndex(({ id }) => read.posts.some((post) => post.id === id)) ?? -1;
  if (!before || last < 0 || read.next === null) return read;
  const beyond = without(before.posts.slice(last + 1), read.posts);
  return {
    posts: [...read.posts, ...beyond],
    next: beyond.length > 0 ? before.next : read.next,
  };
}

/** Puts the page behind what is here at its end. */
export function append(before: FeedList, page: TimelineFragment): FeedList {
  const read = listOf(page);
  return { posts: [...before.posts, ...without(read.posts, before.posts)], next: read.next };
}

/** Puts new posts, newest first, on top. */
export const prepend = (before: FeedList, fresh: readonly Listed[]): FeedList => ({
  ...before,
  posts: [...fresh, ...without(before.posts, fresh)],
});

/** Takes out those that are gone. */
export const drop = (before: FeedList, gone: ReadonlySet<string>): FeedList =>
  before.posts.some(({ id }) => gone.has(id))
    ? { ...before, posts: before.posts.filter(({ id }) => !gone.has(id)) }
    : before;
