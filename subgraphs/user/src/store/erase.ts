import type { Tx } from './client.ts';
import type { FollowRow } from './follows/follows.ts';
import { lockProfiles } from './profiles/profiles.ts';

/** Ends at most `limit` of the follows, and requests for one, that a person began; the counts of the others stay exact. */
export async function eraseFollowing(tx: Tx, userId: string, limit: number): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string; standing: FollowRow['standing'] }[]>`
    SELECT followee_id AS id, standing::text AS standing FROM follow
    WHERE follower_id = ${userId}::uuid ORDER BY followee_id LIMIT ${limit}`;
  const ids = rows.map(({ id }) => id);
  await lockProfiles(tx, ids);
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM follow WHERE follower_id = ${userId}::uuid AND followee_id = ANY (${ids}::uuid[])
      RETURNING followee_id, standing)
    UPDATE profile SET follower_count = follower_count - 1 FROM gone
    WHERE id = gone.followee_id AND gone.standing = 'FOLLOWING'`;
  return rows.length;
}

/** The same of those that others began. */
export async function eraseFollowers(tx: Tx, userId: string, limit: number): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT follower_id AS id FROM follow
    WHERE followee_id = ${userId}::uuid ORDER BY standing, since, follower_id LIMIT ${limit}`;
  const ids = rows.map(({ id }) => id);
  await lockProfiles(tx, ids);
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM follow WHERE followee_id = ${userId}::uuid AND follower_id = ANY (${ids}::uuid[])
      RETURNING follower_id, standing)
    UPDATE profile SET following_count = following_count - 1 FROM gone
    WHERE id = gone.follower_id AND gone.standing = 'FOLLOWING'`;
  return rows.length;
}

export const eraseBlocks = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM block WHERE (blocker_id, blocked_id) IN (
      SELECT * FROM (
        (SELECT blocker_id, blocked_id FROM block WHERE blocker_id = ${userId}::uuid ORDER BY blocked_id LIMIT ${limit})
        UNION ALL
        (SELECT blocker_id, blocked_id FROM block WHERE blocked_id = ${userId}::uuid ORDER BY blocker_id LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;

export const eraseMutes = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM mute WHERE (muter_id, muted_id) IN (
      SELECT * FROM (
        (SELECT muter_id, muted_id FROM mute WHERE muter_id = ${userId}::uuid ORDER BY muted_id LIMIT ${limit})
        UNION ALL
        (SELECT muter_id, muted_id FROM mute WHERE muted_id = ${userId}::uuid ORDER BY muter_id LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;

export const eraseReadyImages = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM ready_image WHERE media_id IN (
      SELECT media_id FROM ready_image WHERE owner_id = ${userId}::uuid LIMIT ${limit})`;

export async function eraseProfile(tx: Tx, userId: string): Promise<number> {
  const { count } = await tx.profile.deleteMany({ where: { id: userId } });
  return count;
}
