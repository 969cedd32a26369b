import { awaitReplica, isFresh } from '@socialhub/platform/await-replica';
import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { isUuid } from '@socialhub/platform/ids';
import { batchLoader, groupLoader } from '@socialhub/platform/loaders';
import type { PageRequest } from '@socialhub/platform/pagination';
import { listBlocked } from './blocks.ts';
import type { Reader } from './client.ts';
import {
  type FollowKey,
  type FollowListRow,
  listFollowerPages,
  listFollowingPages,
  listFollowsBetween,
} from './follows.ts';
import { type FoundProfile, listProfiles, listProfilesByUsername, type ProfileRow } from './profiles.ts';

export type Loaders = ReturnType<typeof createLoaders>;
export type FollowList = 'followers' | 'following';
type FollowPages = ReturnType<typeof groupLoader<FollowListRow>>;

/** The batched reads of one request on behalf of `viewer`. */
export function createLoaders(reader: Reader, viewer: Viewer | null) {
  const profile = batchLoader(
    (ids) => listProfilesSoon(reader, viewer, ids),
    (row) => row.id,
  );
  const profileByUsername = batchLoader(
    (usernames) => listProfilesByUsername(reader, viewer, usernames),
    (row) => row.username,
  );
  const betweenViewerAnd = groupLoader(
    async (ids) => (viewer ? listFollowsBetween(reader, viewer.userId, ids) : []),
    (row) => (row.followerId === viewer?.userId ? row.followeeId : row.followerId),
  );
  const blockedByViewer = batchLoader(
    async (ids) => (viewer ? listBlocked(reader, viewer.userId, ids) : []),
    ({ blockedId }) => blockedId,
  );
  // The same list with other arguments is another query.
  const pages = new Map<string, FollowPages>();

  return {
    /** A person; one who registered seconds ago is waited for. */
    profile,
    /** The rows between the viewer and another, in both directions. */
    betweenViewerAnd,
    /** The block that the viewer has put on another. */
    blockedByViewer,
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
          (ids) => listPages(reader, viewer, ids, page.limit, page.after),
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
      blockedByViewer.clearAll();
      pages.clear();
    },
  };
}

/** The event that makes a profile may still be under way: an id that is seconds old is worth a wait. */
async function listProfilesSoon(
  reader: Reader,
  viewer: Viewer | null,
  ids: readonly string[],
): Promise<ProfileRow[]> {
  const found = new Map<string, FoundProfile>();
  const look = async (wanted: readonly string[]) => {
    for (const row of await listProfiles(reader, viewer, wanted)) found.set(row.id, row);
    return wanted.filter((id) => !found.has(id));
  };
  const expected = (await look(ids.filter(isUuid))).filter((id) => isFresh(id));
  if (expected.length > 0) {
    await awaitReplica(async () => ((await look(expected)).length === 0 ? found : null));
  }
  return [...found.values()].filter(({ isVisible }) => isVisible);
}
