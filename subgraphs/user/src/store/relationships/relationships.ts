import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { FollowStanding } from '../../generated/prisma/enums.ts';
import type { Reader } from '../client.ts';
import { lasts } from '../mutes/mutes.ts';

/** What is between who asks and somebody else. */
export interface RelationshipRow {
  /** Of who asks; null when they neither follow nor have asked to. */
  outward: FollowStanding | null;
  /** Of the other. */
  inward: FollowStanding | null;
  /** Whether who asks is notified of the other's posts. */
  bell: boolean;
  isBlocking: boolean;
  isMuting: boolean;
  /** When the mute lapses; null for one without an end, and without one. */
  mutedUntil: Date | null;
  isMutingNotifications: boolean;
}

/** How each who asks stands to each person, in both directions. */
export async function listRelationships(reader: Reader, asked: readonly Asked[]): Promise<RelationshipRow[]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await reader.$queryRaw<(RelationshipRow & { nth: number })[]>`
    SELECT asked.nth::int AS nth, outward.standing::text AS outward, inward.standing::text AS inward,
      coalesce(outward.bell, false) AS bell, block.blocker_id IS NOT NULL AS "isBlocking",
      m.muter_id IS NOT NULL AS "isMuting", m.until AS "mutedUntil",
      coalesce(m.notifications, false) AS "isMutingNotifications"
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, id, nth)
    LEFT JOIN follow outward ON outward.follower_id = asked.viewer_id AND outward.followee_id = asked.id
    LEFT JOIN follow inward ON inward.follower_id = asked.id AND inward.followee_id = asked.viewer_id
    LEFT JOIN block ON block.blocker_id = asked.viewer_id AND block.blocked_id = asked.id
    LEFT JOIN mute m ON m.muter_id = asked.viewer_id AND m.muted_id = asked.id AND ${lasts}`;
  return inOrder(asked, rows).map((row) => row ?? nothing);
}

const nothing: RelationshipRow = {
  outward: null,
  inward: null,
  bell: false,
  isBlocking: false,
  isMuting: false,
  mutedUntil: null,
  isMutingNotifications: false,
};
