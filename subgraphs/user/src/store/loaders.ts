import { awaitReplica, isFresh } from '@socialhub/platform/database/await-replica';
import { batchLoader, groupLoader, viewerLoader } from '@socialhub/platform/database/loaders';
import type { PageRequest } from '@socialhub/platform/database/pagination';
import { notFound } from '@socialhub/platform/errors';
import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client, Reader } from './client.ts';
import {
  type FollowKey,
  type FollowListRow,
  listFollowerPages,
  listFollowingPages,
} from './follows/follows.ts';
import {
  type FoundProfile,
  listProfiles,
  listProfilesByUsername,
  type ProfileRow,
} from './profiles/profiles.ts';
import { listRelationships } from './relationships/relationships.ts';

export type Loaders = ReturnType<typeof createLoaders>;
export type FollowList = 'followers' | 'following';
type FollowPages = ReturnType<typeof groupLoader<FollowListRow>>;

/** The batched reads of one request on behalf of its viewer, and of all others at the same moment. */
export function createLoaders(
  context: Pick<SubgraphContext<Client>, 'db' | 'moment' | 'viewer' | 'client' | 'arrivedAt'>,
) {
  const { viewer, client, arrivedAt } = context;
  const reader: Reader = context.db.prisma;
  const found = viewerLoader(context, reader, listProfiles);
  const profile = {
    load: async (id: string): Promise<ProfileRow | null> => visible(await found.load(id)),
  };
  const relationship = viewerLoader(context, reader, listRelationships);
  const profileByUsername = batchLoader(
    (usernames) => listProfilesByUsername(reader, viewer, usernames),
    (row) => row.username,
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
      const known = await found.load(id);
      if (known || !isFresh(id)) return visible(known);
      const owner = viewer?.userId ?? client.ipAddress ?? '';
      const awaited = await awaitReplica(
        { owner, arrivedAt },
        async () => (await listProfiles(reader, [{ viewer, id }]))[0] ?? null,
      );
      if (!awaited) return null;
      found.clear(id);
      found.prime(id, awaited);
      return visible(awaited);
    },
    /** What is between the viewer and another, in both directions. */
    relationship,
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
      found.clearAll();
      profileByUsername.clearAll();
      relationship.clearAll();
      pages.clear();
    },
  };
}

const visible = (row: FoundProfile | null): ProfileRow | null => (row?.isVisible ? row : null);
