import { type Facts, get } from './facts.ts';
import { seesMedia, type Viewer } from './rules.ts';

/** One operation, and what it is to be answered: the data, and errors as `path code`. */
export interface Question {
  name: string;
  query: string;
  variables: Record<string, unknown>;
  data: unknown;
  errors: string[];
}

export type Asked = { facts: Facts; viewer: Viewer };

export const list = (nodes: readonly unknown[]) => ({ edges: nodes.map((node) => ({ node })) });
export const ids = (things: readonly { id: string }[]) => list(things.map(({ id }) => ({ id })));
export const newestFirst = (facts: Facts) => [...facts.posts.values()].reverse();
export const others = (facts: Facts, keys: Iterable<string>, of: (key: string[]) => string | null) =>
  [...keys].flatMap((key) => of(key.split(' ')) ?? []).map((id) => get(facts.people, id));

export const postsOf = (facts: Facts, authorId: string) =>
  newestFirst(facts).filter((post) => post.authorId === authorId);

/** What somebody who sees a post or a message has of its media: all, or none where one of them is withheld. */
export function shownMedia({ facts, viewer }: Asked, mediaIds: readonly string[]) {
  const media = mediaIds.map((id) => get(facts.media, id));
  if (!media.every((one) => seesMedia(facts, viewer, one))) return null;
  return media.map(({ id, altText }) => ({ id, kind: 'IMAGE', altText }));
}
