import { nextId } from './fake-results.ts';
import type { FakePost, FakeUser } from './fake-state.ts';

/** Gives a person for the fake gateway. */
export function person(username: string, displayName: string, more: Record<string, unknown> = {}): FakeUser {
  const counts = { followerCount: 3, followingCount: 5, postCount: 12 };
  return {
    id: nextId('User'),
    username,
    displayName,
    bio: null,
    avatar: null,
    isPrivate: false,
    ...counts,
    ...more,
  };
}

/** Gives a post for the fake gateway. */
export function post(author: FakeUser | null, text: string, more: Record<string, unknown> = {}): FakePost {
  return {
    id: nextId('Post'),
    author,
    text,
    contentWarning: null,
    visibility: 'PUBLIC',
    media: [],
    quoteOf: null,
    repostOf: null,
    repostCount: 0,
    quoteCount: 0,
    viewerHasReposted: false,
    viewerHasBookmarked: false,
    createdAt: new Date(Date.now() - 3 * 60_000).toISOString(),
    editedAt: null,
    commentCount: 0,
    reactions: [],
    viewerReactions: [],
    removal: null,
    edits: { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
    comments: { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false } },
    ...more,
  };
}

/** Gives a picture for the fake gateway, served from its own address as presigned ones are. */
export function picture(origin: string, altText: string, more: Record<string, unknown> = {}) {
  const url = `${origin}/media/picture.png?X-Amz-Signature=abc`;
  const size = { width: 1200, height: 900, blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' };
  return { id: nextId('Media'), kind: 'IMAGE', status: 'READY', altText, ...size, url, ...more };
}
