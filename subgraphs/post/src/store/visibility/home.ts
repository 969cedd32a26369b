import { Prisma } from '../../generated/prisma/client.ts';
import { canInteract, followsAuthor, visibleTo } from './visibility.ts';

/** The person, or somebody whom they follow. */
export const isOneOfTheirs = (viewer: Prisma.Sql, author: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${author} = ${viewer} OR ${followsAuthor(viewer, author)})`;

/**
 * Whether the row `p` of `posts`, which is by one of the viewer's people, stands in their home timeline: they may read it, and a
 * post is shown once. A repost is not where the post itself stands there, nor where an earlier repost of it does.
 *
 * An earlier one is looked for among the hundred before it: what everybody reposts costs no more than that. What costs little is asked
 * first.
 */
export const standsInHome = (viewer: Prisma.Sql): Prisma.Sql => Prisma.sql`(CASE
  WHEN NOT ${visibleTo(viewer)} THEN false
  WHEN p.repost_of_id IS NULL THEN true
  WHEN EXISTS (
    SELECT 1 FROM posts original WHERE original.id = p.repost_of_id
      AND ${isOneOfTheirs(viewer, Prisma.sql`original.author_id`)} OFFSET 0) THEN false
  ELSE NOT EXISTS (
    SELECT 1 FROM (
      SELECT repost.author_id FROM posts repost
      WHERE repost.repost_of_id = p.repost_of_id AND (repost.created_at, repost.id) < (p.created_at, p.id)
      ORDER BY repost.created_at DESC, repost.id DESC LIMIT 100
    ) earlier
    WHERE CASE WHEN ${isOneOfTheirs(viewer, Prisma.sql`earlier.author_id`)}
      THEN ${canInteract(viewer, Prisma.sql`earlier.author_id`)} ELSE false END OFFSET 0)
  END)`;
