import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { FollowList, Loaders } from '../../store/loaders.ts';
import type { ProfileRow } from '../../store/profiles/profiles.ts';

interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/** Who follows this person, latest first. Throws NOT_FOUND to whoever may not see it, BAD_USER_INPUT for a wrong page. */
export const listFollowers = (loaders: Loaders, viewer: Viewer | null, user: ProfileRow, args: PageArgs) =>
  listFollows('followers', loaders, viewer, user, args);

/** Whom this person follows, latest first. Throws as `listFollowers`. */
export const listFollowing = (loaders: Loaders, viewer: Viewer | null, user: ProfileRow, args: PageArgs) =>
  listFollows('following', loaders, viewer, user, args);

async function listFollows(
  list: FollowList,
  loaders: Loaders,
  viewer: Viewer | null,
  user: ProfileRow,
  args: PageArgs,
) {
  const codec = cursorCodec(`User.${list}`, timeAndId, { viewerId: viewer?.userId ?? null, of: user.id });
  const page = pageRequest(args, codec);
  if (!(await maySeeFollows(loaders, viewer, user))) throw notFound(list);
  const rows = await loaders.followPage(list, page).load(user.id);
  const people = await Promise.all(rows.map((row) => loaders.requireProfile(row.otherId)));
  const nodes = new Map(people.map((person) => [person.id, person]));
  const connection = toConnection(
    rows,
    page,
    (row) => [row.since, row.otherId],
    codec,
    (row) => nodes.get(row.otherId) as ProfileRow,
  );
  return { ...connection, totalCount: list === 'followers' ? user.followerCount : user.followingCount };
}

/** A private account shows its circle to itself and to those it has let in. */
async function maySeeFollows(loaders: Loaders, viewer: Viewer | null, user: ProfileRow): Promise<boolean> {
  if (!user.isPrivate || viewer?.userId === user.id) return true;
  if (!viewer) return false;
  const { outward } = await loaders.relationship.load(user.id);
  return outward === 'FOLLOWING';
}
