import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { searchKey } from '@socialhub/platform/text/search-key';
import { Prisma, type Profile } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';
import { visibleBy, visibleTo } from './visibility.ts';

export type ProfileRow = Omit<Profile, 'standingSequence' | 'searchName' | 'searchText'>;
/** A profile, and whether the one who asks may see it. */
export type FoundProfile = ProfileRow & { isVisible: boolean };
export type ProfileChanges = Pick<
  Prisma.ProfileUncheckedUpdateInput,
  'displayName' | 'bio' | 'avatarId' | 'bannerId' | 'isPrivate'
>;

const columns = Prisma.sql`p.id, p.username, p.display_name AS "displayName", p.bio, p.avatar_id AS "avatarId",
  p.banner_id AS "bannerId", p.is_private AS "isPrivate", p.follower_count AS "followerCount",
  p.following_count AS "followingCount", p.created_at AS "createdAt", p.is_active AS "isActive"`;

/** Each profile, and whether who asks may see it. */
export async function listProfiles(
  reader: Reader,
  asked: readonly Asked[],
): Promise<(FoundProfile | null)[]> {
  const { viewerIds, areModerators, ids } = askedColumns(asked);
  const isVisible = visibleBy(Prisma.sql`asked.viewer_id`, Prisma.sql`asked.is_moderator`);
  const rows = await reader.$queryRaw<(FoundProfile & { nth: number })[]>`
    SELECT asked.nth::int AS nth, ${columns}, ${isVisible} AS "isVisible"
    FROM unnest(${viewerIds}::uuid[], ${areModerators}::boolean[], ${ids}::uuid[])
      WITH ORDINALITY AS asked (viewer_id, is_moderator, id, nth)
    JOIN profile p ON p.id = asked.id`;
  return inOrder(asked, rows);
}

/** Those of the people whom the viewer may see. */
export const listProfilesByUsername = async (
  reader: Reader,
  viewer: Viewer | null,
  usernames: readonly string[],
): Promise<ProfileRow[]> =>
  reader.$queryRaw<ProfileRow[]>`
    SELECT ${columns} FROM profile p WHERE p.username = ANY (${usernames}::text[]) AND ${visibleTo(viewer)}`;

/** Does nothing when the person has a profile. */
export async function insertProfile(
  tx: Tx,
  profile: Pick<ProfileRow, 'id' | 'username' | 'displayName' | 'createdAt'>,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO profile (id, username, display_name, search_name, created_at)
    VALUES (${profile.id}::uuid, ${profile.username}, ${profile.displayName}, ${searchKey(profile.displayName)},
      ${profile.createdAt})
    ON CONFLICT (id) DO NOTHING`;
}

export const updateProfileRow = (tx: Tx, id: string, data: ProfileChanges): Promise<ProfileRow> =>
  tx.profile.update({
    where: { id },
    data: {
      ...data,
      ...(typeof data.displayName === 'string' && { searchName: searchKey(data.displayName) }),
    },
  });

/** Takes an image off its owner's profile. */
export async function clearImage(tx: Tx, image: { mediaId: string; ownerId: string }): Promise<void> {
  const { mediaId, ownerId } = image;
  await tx.$executeRaw`
    UPDATE profile SET avatar_id = nullif(avatar_id, ${mediaId}::uuid), banner_id = nullif(banner_id, ${mediaId}::uuid)
    WHERE id = ${ownerId}::uuid AND ${mediaId}::uuid IN (avatar_id, banner_id)`;
}

/** Whether others see this person, unless a newer event has told otherwise. */
export async function updateStanding(
  tx: Tx,
  person: { id: string; isActive: boolean; sequence: bigint },
): Promise<void> {
  await tx.profile.updateMany({
    where: { id: person.id, standingSequence: { lt: person.sequence } },
    data: { isActive: person.isActive, standingSequence: person.sequence },
  });
}

/**
 * Locks these people's rows and gives them as they are then. Always in order of id: two transactions that
 * want the same people wait for each other instead of deadlocking.
 */
export const lockProfiles = (tx: Tx, ids: readonly string[]): PromiseLike<ProfileRow[]> =>
  tx.$queryRaw<ProfileRow[]>`
    SELECT ${columns} FROM profile p WHERE p.id = ANY(${ids}::uuid[]) ORDER BY p.id FOR NO KEY UPDATE`;

/** `followerIds` begin (+1) or cease (-1) to follow `followeeId`. The caller holds the locks. */
export async function countFollows(
  tx: Tx,
  followerIds: readonly string[],
  followeeId: string,
  change: 1 | -1,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE profile SET
      following_count = following_count + CASE WHEN id = ANY(${followerIds}::uuid[]) THEN ${change}::int ELSE 0 END,
      follower_count = follower_count + CASE WHEN id = ${followeeId}::uuid THEN ${change * followerIds.length}::int ELSE 0 END
    WHERE id = ANY(${[...followerIds, followeeId]}::uuid[])`;
}
