import { awaitReplica, isFresh } from '@socialhub/platform/await-replica';
import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { isUuid } from '@socialhub/platform/ids';
import { batchLoader, groupLoader } from '@socialhub/platform/loaders';
import type { PageRequest } from '@socialhub/platform/pagination';
import type { Reader } from './client.ts';
import {
  type FollowKey,
  type FollowListRow,
  listFollowerPages,
  listFollowingPages,
  listFollowsBetween,
} from './follows.ts';
import { listProfiles, listProfilesByUsername, type ProfileRow } from './profiles.ts';

export type Loaders = ReturnType<typeof createLoaders>;
export type FollowList = 'followers' | 'following';
type FollowPages = ReturnType<typeof groupLoader<FollowListRow>>;

/** The batched reads of one request on behalf of `viewer`. */
export function createLoaders(reader: Reader, viewer: Viewer | null) {
  const profile = batchLoader(
    (ids) => listProfilesSoon(reader, ids),
    (row) => row.id,
  );
  const profileByUsername = batchLoader(
    (usernames) => listProfilesByUsername(reader, usernames),
    (row) => row.username,
  );
  const betweenViewerAnd = groupLoader(
    async (ids) => (viewer ? listFollowsBetween(reader, viewer.userId, ids) : []),
    (row) => (row.followerId === viewer?.userId ? row.followeeId : row.followerId),
  );
  // The same list with other arguments is another query.
  const pages = new Map<string, FollowPages>();

  return {
    /** A person; one who registered seconds ago is waited for. */
    profile,
    /** The rows between the viewer and another, in both directions. */
    betweenViewerAnd,
    async requireProfile(id: string): Promise<ProfileRow> {
      const row = await profile.load(id);
      if (!row) throw notFound('User');
      return row;
    },
    profileByUsername,
    followPage(list: FollowList, page: PageRequest<FollowKey>): FollowPages {
      const key = JSON.stringify([list, page.limit, page.after]);
      const listPages = list === 'followers' ? listFollowerPages : listFollowingPages;
      const loader =
        pages.get(key) ??
        groupLoader(
          (ids) => listPages(reader, ids, page.limit, page.after),
          (row) => row.userId,
        );
      pages.set(key, loader);
      return loader;
    },
    /** After a write: what was read before it is stale. */
    forget(): void {
      profile.clearAll();
      profileByUsername.clearAll();
      betweenViewerAnd.clearAll();
      pages.clear();
    },
  };
}

/** The event that makes a profile may still be under way: an id that is seconds old is worth a wait. */
async function listProfilesSoon(reader: Reader, ids: readonly string[]): Promise<ProfileRow[]> {
  const found = await listProfiles(reader, ids.filter(isUuid));
  const known = new Set(found.map((row) => row.id));
  const expected = ids.filter((id) => !known.has(id) && isUuid(id) && isFresh(id));
  if (expected.length === 0) return found;
  const late = new Map<string, ProfileRow>();
  await awaitReplica(async () => {
    const waiting = expected.filter((id) => !late.has(id));
    for (const row of await listProfiles(reader, waiting)) late.set(row.id, row);
    return late.size === expected.length ? late : null;
  });
  return [...found, ...late.values()];
}
