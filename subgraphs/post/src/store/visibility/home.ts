import { Prisma } from '../../generated/prisma/client.ts';
import { canInteract, followsAuthor, isMutedBy, visibleTo } from './visibility.ts';

/** The person, or somebody whom they follow and do not mute. */
export const isOneOfTheirs = (viewer: Prisma.Sql, author: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${author} = ${viewer} OR (${followsAuthor(viewer, author)} AND NOT ${isMutedBy(viewer, author)}))`;

/**
 * A query of the ids of all of these. Who is muted is left out before any post is looked for and not post by post: else all
 * that they ever wrote would be passed by.
 */
export const homePeople = (viewer: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT ${viewer} AS id
  UNION
  SELECT followee_id FROM follows
  WHERE follower_id = ${viewer} AND active AND NOT ${isMutedBy(viewer, Prisma.sql`followee_id`)}`;

/**
 * Whether the row `p` of `posts`, which is by one of the viewer's people, stands in their home timeline: they may read it, and a
 * post is shown once. A repost is not where the post itself stands there, nor where an earlier repost of it does, nor where its
 * author is muted.
 *
 * An earlier one is looked for among the hundred before it: what everybody reposts costs no more than that. What costs little is asked
 * first.
 */
export const standsInHome = (viewer: Prisma.Sql): Prisma.Sql => Prisma.sql`(CASE
  WHEN p.repost_of_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM posts original WHERE original.id = p.repost_of_id
      AND (${isOneOfTheirs(viewer, Prisma.sql`original.author_id`)}
        OR ${isMutedBy(viewer, Prisma.sql`original.author_id`)}) OFFSET 0) THEN false
  WHEN NOT ${visibleTo(viewer)} THEN false
  WHEN p.repost_of_id IS NULL THEN true
  ELSE NOT EXISTS (
    SELECT 1 FROM (
      SELECT repost.author_id FROM posts repost
      WHERE repost.repost_of_id = p.repost_of_id AND (repost.created_at, repost.id) < (p.created_at, p.id)
      ORDER BY repost.created_at DESC, repost.id DESC LIMIT 100
    ) earlier
    WHERE CASE WHEN ${isOneOfTheirs(viewer, Prisma.sql`earlier.author_id`)}
      THEN ${canInteract(viewer, Prisma.sql`earlier.author_id`)} ELSE false END OFFSET 0)
  END)`;
