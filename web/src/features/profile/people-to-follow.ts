import type { LatestAuthorsFragment, ListedPersonFragment } from './generated/documents.ts';

/** Gives people who wrote lately and whom the viewer does not follow yet, at most so many. */
export function authorsToFollow(
  latest: LatestAuthorsFragment | null | undefined,
  viewerId: string,
  atMost: number,
): ListedPersonFragment[] {
  const byId = new Map<string, ListedPersonFragment>();
  for (const { node } of latest?.edges ?? []) {
    const { author } = node;
    const relation = author?.viewerRelationship;
    if (author && author.id !== viewerId && relation?.follow === 'NONE' && !relation.blocking) {
      byId.set(author.id, author);
    }
  }
  return [...byId.values()].slice(0, atMost);
}
