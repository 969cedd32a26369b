import { ask } from '../../gateway/client.ts';
import { LatestAuthorsQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import type { LatestAuthorsFragment, ListedPersonFragment } from './generated/documents.ts';

/** Of how many of the latest posts the authors are looked at. */
const looksAt = 40;

/** Gives people who wrote lately and whom the viewer does not follow yet, at most so many; none where that cannot be told. */
export async function peopleToFollow(viewerId: string, atMost: number): Promise<ListedPersonFragment[]> {
  const { data } = await ask(LatestAuthorsQuery, { first: looksAt }, await currentCaller());
  return authorsToFollow(data?.publicTimeline, viewerId, atMost);
}

/** As peopleToFollow, of posts that were read. */
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
