import type { Reader } from './client.ts';
import type { FollowRow } from './follows.ts';

/** A follow, or a request for one, with the name of the person at the other end. */
interface ExportedFollow {
  userId: string;
  username: string;
  standing: FollowRow['standing'];
  since: Date;
}

/** ... of whose posts the follower may be notified, which is nobody else's to know. */
type ExportedFollowing = ExportedFollow & { bell: boolean };

export const listProfileForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
): Promise<{ id: string }[]> =>
  after === null
    ? reader.profile.findMany({
        where: { id: userId },
        select: {
          id: true,
          username: true,
          displayName: true,
          bio: true,
          avatarId: true,
          bannerId: true,
          isPrivate: true,
          followerCount: true,
          followingCount: true,
          createdAt: true,
        },
      })
    : Promise.resolve([]);

/** Whom a person follows or asks to, by id; nobody whom they do not see. */
export const listFollowingForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedFollowing[]> =>
  reader.$queryRaw<ExportedFollowing[]>`
    SELECT p.id AS "userId", p.username, f.standing::text AS standing, f.since, f.bell
    FROM follow f JOIN profile p ON p.id = f.followee_id
    WHERE f.follower_id = ${userId}::uuid AND p.is_active AND (${after}::uuid IS NULL OR f.followee_id > ${after}::uuid)
    ORDER BY f.followee_id LIMIT ${limit}`;

/** Who follows a person or asks to, by id; nobody whom they do not see. */
export const listFollowersForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedFollow[]> =>
  reader.$queryRaw<ExportedFollow[]>`
    SELECT p.id AS "userId", p.username, f.standing::text AS standing, f.since
    FROM follow f JOIN profile p ON p.id = f.follower_id
    WHERE f.followee_id = ${userId}::uuid AND p.is_active AND (${after}::uuid IS NULL OR f.follower_id > ${after}::uuid)
    ORDER BY f.follower_id LIMIT ${limit}`;

/** Whom a person blocks, by id. */
export const listBlockedForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ userId: string }[]> =>
  reader.$queryRaw<{ userId: string }[]>`
    SELECT p.id AS "userId", p.username, b.since FROM block b JOIN profile p ON p.id = b.blocked_id
    WHERE b.blocker_id = ${userId}::uuid AND p.is_active AND (${after}::uuid IS NULL OR b.blocked_id > ${after}::uuid)
    ORDER BY b.blocked_id LIMIT ${limit}`;
