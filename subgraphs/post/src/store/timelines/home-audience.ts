import DataLoader from 'dataloader';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader } from '../client.ts';
import { isOneOfTheirs, standsInHome } from '../visibility/home.ts';

interface Reading {
  postId: string;
  viewerId: string;
}

/** Whether a post belongs in a viewer's home timeline. */
export type HomeAudience = (reading: Reading) => Promise<boolean>;

/**
 * One instance serves every subscription of the process: a post that a thousand of them hear of in the same tick
 * costs one query. Nothing is cached, so a follow counts from the next post on.
 */
export function createHomeAudience(db: Reader): HomeAudience {
  const loader = new DataLoader<Reading, boolean>((readings) => areInHomeTimeline(db, readings), {
    cache: false,
    maxBatchSize: 1_000,
  });
  return (reading) => loader.load(reading);
}

async function areInHomeTimeline(db: Reader, readings: readonly Reading[]): Promise<boolean[]> {
  const viewer = Prisma.sql`reading.viewer_id`;
  const rows = await db.$queryRaw<{ nth: number }[]>`
    SELECT reading.nth::int AS nth
    FROM unnest(
      ${readings.map(({ postId }) => postId)}::uuid[],
      ${readings.map(({ viewerId }) => viewerId)}::uuid[]
    ) WITH ORDINALITY AS reading (post_id, viewer_id, nth)
    JOIN posts p ON p.id = reading.post_id
    WHERE ${isOneOfTheirs(viewer, Prisma.sql`p.author_id`)} AND ${standsInHome(viewer)}`;
  const found = new Set(rows.map(({ nth }) => nth));
  return readings.map((_, index) => found.has(index + 1));
}
