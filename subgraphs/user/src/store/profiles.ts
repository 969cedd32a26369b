import type { Prisma, Profile } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type ProfileRow = Profile;
export type ProfileChanges = Pick<
  Prisma.ProfileUncheckedUpdateInput,
  'displayName' | 'bio' | 'avatarId' | 'bannerId' | 'isPrivate'
>;

export const listProfiles = (reader: Reader, ids: readonly string[]): Promise<ProfileRow[]> =>
  reader.profile.findMany({ where: { id: { in: [...ids] } } });

export const listProfilesByUsername = (reader: Reader, usernames: readonly string[]): Promise<ProfileRow[]> =>
  reader.profile.findMany({ where: { username: { in: [...usernames] } } });

/** Does nothing when the person has a profile. */
export async function insertProfile(
  tx: Tx,
  profile: Pick<ProfileRow, 'id' | 'username' | 'displayName' | 'createdAt'>,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO profile (id, username, display_name, created_at)
    VALUES (${profile.id}::uuid, ${profile.username}, ${profile.displayName}, ${profile.createdAt})
    ON CONFLICT (id) DO NOTHING`;
}

export const updateProfileRow = (tx: Tx, id: string, data: ProfileChanges): Promise<ProfileRow> =>
  tx.profile.update({ where: { id }, data });

/**
 * Locks these people's rows and gives them as they are then. Always in order of id: two transactions that
 * want the same people wait for each other instead of deadlocking.
 */
export const lockProfiles = (tx: Tx, ids: readonly string[]): PromiseLike<ProfileRow[]> =>
  tx.$queryRaw<ProfileRow[]>`
    SELECT id, username, display_name AS "displayName", bio, avatar_id AS "avatarId", banner_id AS "bannerId",
      is_private AS "isPrivate", follower_count AS "followerCount", following_count AS "followingCount",
      created_at AS "createdAt"
    FROM profile WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

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
