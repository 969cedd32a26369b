import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader } from '../client.ts';
import { beforePlace, type Place } from '../paging/list-pages.ts';
import { type PostStretch, readStretch } from './read-stretch.ts';

/** A stretch of the posts with a hashtag, newest first. */
export const readTagged = (
  db: Reader,
  viewerId: string | null,
  tag: string,
  { after, size, limit }: { after: Place | null; size: number; limit: number },
): Promise<PostStretch> =>
  readStretch(db, viewerId, {
    places: Prisma.sql`
      SELECT h.created_at, h.post_id, true AS is_wanted FROM post_hashtags h
      WHERE h.tag = ${tag} AND (h.created_at, h.post_id) < ${beforePlace(after)}
      ORDER BY h.created_at DESC, h.post_id DESC LIMIT ${size}`,
    size,
    limit,
  });
