import { Prisma } from '../generated/prisma/client.ts';
import type { Reader } from './client.ts';
import type { FollowRow } from './follows/follows.ts';
import { lasts } from './mutes/mutes.ts';
import { visibleBy } from './profiles/visibility.ts';

/** A follow, or a request for one, with the name of the person at the other end. */
interface ExportedFollow {
  userId: string;
  username: string;
  standing: FollowRow['standing'];
  since: Date;
}

/** ... of whose posts the follower may be notified, which is nobody else's to know. */
type ExportedFollowing = ExportedFollow & { bell: boolean };

const firstId = '00000000-0000-0000-0000-000000000000';

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
    WHERE f.follower_id = ${userId}::uuid AND p.is_active AND f.followee_id > ${after ?? firstId}::uuid
    ORDER BY f.followee_id LIMIT ${limit}`;

/** Who follows a person or asks to, in the order of these times; nobody whom they do not see. `after` is a standing, a time and an id. */
export const listFollowersForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedFollow[]> => {
  const [standing, since, id] = after?.split(' ') ?? ['REQUESTED', '-infinity', firstId];
  return reader.$queryRaw<ExportedFollow[]>`
    SELECT p.id AS "userId", p.username, f.standing::text AS standing, f.since
    FROM follow f JOIN profile p ON p.id = f.follower_id
    WHERE f.followee_id = ${userId}::uuid AND p.is_active
      AND (f.standing, f.since, f.follower_id) > (${standing}::follow_standing, ${since}::timestamptz, ${id}::uuid)
    ORDER BY f.standing, f.since, f.follower_id LIMIT ${limit}`;
};

/** Whom a person blocks, by id. */
export const listBlockedForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ userId: string }[]> =>
  reader.$queryRaw<{ userId: string }[]>`
    SELECT p.id AS "userId", p.username, b.since FROM block b JOIN profile p ON p.id = b.blocked_id
    WHERE b.blocker_id = ${userId}::uuid AND p.is_active AND b.blocked_id > ${after ?? firstId}::uuid
    ORDER BY b.blocked_id LIMIT ${limit}`;

/** Whom a person mutes, by id; nobody whom they do not find. */
export const listMutedForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ userId: string }[]> =>
  reader.$queryRaw<{ userId: string }[]>`
    SELECT p.id AS "userId", p.username, m.since, m.until, m.notifications
    FROM mute m JOIN profile p ON p.id = m.muted_id
    WHERE m.muter_id = ${userId}::uuid AND m.muted_id > ${after ?? firstId}::uuid AND ${lasts}
      AND ${visibleBy(Prisma.sql`${userId}::uuid`, Prisma.sql`false`)}
    ORDER BY m.muted_id LIMIT ${limit}`;
