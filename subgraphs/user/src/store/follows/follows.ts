import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Follow } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';
import { visibleTo } from '../profiles/visibility.ts';

export type FollowRow = Follow;

/** One line of a list of followers or followed: the person on the other side, and since when. */
export interface FollowListRow {
  userId: string;
  otherId: string;
  since: Date;
}

/** A place in such a list. */
export type FollowKey = [since: Date, otherId: string];

// Before everything: a list runs from the newest to the oldest.
const start: FollowKey = [new Date('9999-12-31T23:59:59.999Z'), 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/**
 * Makes the follow or the request, or makes a follow of a request; gives since when, by the database's clock. Null
 * when it was so already: a follow stays a follow.
 */
export async function upsertFollow(
  tx: Tx,
  follow: Pick<FollowRow, 'followerId' | 'followeeId' | 'standing'>,
): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ since: Date }[]>`
    INSERT INTO follow (follower_id, followee_id, standing)
    VALUES (${follow.followerId}::uuid, ${follow.followeeId}::uuid, ${follow.standing}::follow_standing)
    ON CONFLICT (follower_id, followee_id) DO UPDATE SET standing = excluded.standing, since = excluded.since
    WHERE follow.standing = 'REQUESTED' AND excluded.standing = 'FOLLOWING'
    RETURNING since`;
  return row?.since ?? null;
}

/** Gives what it was, null when there was none of these standings. */
export async function deleteFollow(
  tx: Tx,
  followerId: string,
  followeeId: string,
  standings: readonly FollowRow['standing'][] = ['REQUESTED', 'FOLLOWING'],
): Promise<FollowRow['standing'] | null> {
  const [row] = await tx.$queryRaw<Pick<FollowRow, 'standing'>[]>`
    DELETE FROM follow WHERE follower_id = ${followerId}::uuid AND followee_id = ${followeeId}::uuid
      AND standing = ANY (${standings}::follow_standing[])
    RETURNING standing`;
  return row?.standing ?? null;
}

/** Whether the follow is there, and no request for one. */
export async function isFollowing(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM follow WHERE follower_id = ${followerId}::uuid AND followee_id = ${followeeId}::uuid
      AND standing = 'FOLLOWING'`;
  return rows.length > 0;
}

/** Sets whether a follower is notified of each post; gives false where it was so already, and where there is no follow. */
export async function updateBell(
  tx: Tx,
  { followerId, followeeId, bell }: Pick<FollowRow, 'followerId' | 'followeeId' | 'bell'>,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE follow SET bell = ${bell} WHERE follower_id = ${followerId}::uuid AND followee_id = ${followeeId}::uuid
      AND standing = 'FOLLOWING' AND bell <> ${bell}`;
  return changed > 0;
}

/** Those who have waited longest for this person's answer. */
export async function listWaitingIds(reader: Reader, followeeId: string, limit: number): Promise<string[]> {
  const rows = await reader.follow.findMany({
    where: { followeeId, standing: 'REQUESTED' },
    orderBy: [{ since: 'asc' }, { followerId: 'asc' }],
    take: limit,
    select: { followerId: true },
  });
  return rows.map((row) => row.followerId);
}

/** Turns the requests among these into follows that begin now, and gives those that it turned. */
export async function acceptRequests(
  tx: Tx,
  followerIds: readonly string[],
  followeeId: string,
): Promise<{ followerId: string; since: Date }[]> {
  return tx.$queryRaw<{ followerId: string; since: Date }[]>`
    UPDATE follow SET standing = 'FOLLOWING', since = now()
    WHERE followee_id = ${followeeId}::uuid AND follower_id = ANY(${followerIds}::uuid[]) AND standing = 'REQUESTED'
    RETURNING follower_id AS "followerId", since`;
}

/** A page of those who have asked to follow a person and are active, latest first. */
export async function listRequestPage(
  reader: Reader,
  followeeId: string,
  { limit, after }: PageRequest<FollowKey>,
): Promise<Pick<FollowListRow, 'otherId' | 'since'>[]> {
  const [since, otherId] = after ?? start;
  return reader.$queryRaw<Pick<FollowListRow, 'otherId' | 'since'>[]>`
    SELECT f.follower_id AS "otherId", f.since FROM follow f JOIN profile p ON p.id = f.follower_id
    WHERE f.followee_id = ${followeeId}::uuid AND f.standing = 'REQUESTED'
      AND (f.since, f.follower_id) < (${since}::timestamptz, ${otherId}::uuid) AND p.is_active
    ORDER BY f.since DESC, f.follower_id DESC LIMIT ${limit}`;
}

/** A page of the followers of each of these people whom the viewer may see, latest first. */
export async function listFollowerPages(
  reader: Reader,
  viewer: Viewer | null,
  userIds: readonly string[],
  limit: number,
  after: FollowKey | null,
): Promise<FollowListRow[]> {
  const [since, otherId] = after ?? start;
  return reader.$queryRaw<FollowListRow[]>`
    SELECT person.id AS "userId", page.follower_id AS "otherId", page.since
    FROM unnest(${userIds}::uuid[]) AS person (id)
    CROSS JOIN LATERAL (
      SELECT follower_id, since FROM follow JOIN profile p ON p.id = follower_id
      WHERE followee_id = person.id AND standing = 'FOLLOWING'
        AND (since, follower_id) < (${since}::timestamptz, ${otherId}::uuid)
        AND ${visibleTo(viewer)}
      ORDER BY since DESC, follower_id DESC
      LIMIT ${limit}
    ) AS page`;
}

/** A page of those whom each of these people follows and the viewer may see, latest first. */
export async function listFollowingPages(
  reader: Reader,
  viewer: Viewer | null,
  userIds: readonly string[],
  limit: number,
  after: FollowKey | null,
): Promise<FollowListRow[]> {
  const [since, otherId] = after ?? start;
  return reader.$queryRaw<FollowListRow[]>`
    SELECT person.id AS "userId", page.followee_id AS "otherId", page.since
    FROM unnest(${userIds}::uuid[]) AS person (id)
    CROSS JOIN LATERAL (
      SELECT followee_id, since FROM follow JOIN profile p ON p.id = followee_id
      WHERE follower_id = person.id AND standing = 'FOLLOWING'
        AND (since, followee_id) < (${since}::timestamptz, ${otherId}::uuid)
        AND ${visibleTo(viewer)}
      ORDER BY since DESC, followee_id DESC
      LIMIT ${limit}
    ) AS page`;
}
