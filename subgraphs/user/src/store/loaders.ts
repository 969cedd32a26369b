import { awaitReplica, isFresh } from '@socialhub/platform/database/await-replica';
import { batchLoader, groupLoader } from '@socialhub/platform/database/loaders';
import type { PageRequest } from '@socialhub/platform/database/pagination';
import { notFound } from '@socialhub/platform/errors';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import { isUuid } from '@socialhub/platform/ids';
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
export function createLoaders(reader: Reader, viewer: Viewer | null, client: ClientInfo) {
  const profile = batchLoader(
    async (ids) => (await listProfiles(reader, viewer, ids.filter(isUuid))).filter(isVisible),
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
    profile,
    /**
     * A person of whom somebody else than the client says that they are there: the viewer themself, or whom another
     * service names. Who registered seconds ago may be ahead of the event that tells of them, and is waited for.
     */
    async registeredProfile(id: string): Promise<ProfileRow | null> {
      const known = await profile.load(id);
      if (known || !isFresh(id)) return known;
      const owner = viewer?.userId ?? client.ipAddress ?? '';
      const found = await awaitReplica(
        owner,
        async () => (await listProfiles(reader, viewer, [id]))[0] ?? null,
      );
      if (!found?.isVisible) return null;
      profile.clear(id).prime(id, found);
      return found;
    },
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

const isVisible = (row: FoundProfile): boolean => row.isVisible;
