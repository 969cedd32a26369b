import { Prisma } from '../../generated/prisma/client.ts';

/** A person as an SQL expression: `uuid(viewerId)`, a column, or null for somebody signed out. */
export const uuid = (id: string | null): Prisma.Sql => Prisma.sql`${id}::uuid`;

/**
 * The one rule of who may read a post, on the row `p` of `posts`; every path that reads posts, or what hangs on
 * them, carries it.
 *
 * The author always; nobody else what was removed, nor who cannot interact with the author. Of the others everybody for PUBLIC while the
 * author's account is open; followers for PUBLIC and FOLLOWERS; and people whom the text names: an earlier text, those whom
 * that one named (`mentionedIds`). A repost is there for whom this holds of it and of what it passes on, for its author too.
 *
 * `OFFSET 0` has every row look up what it asks for by its index. PostgreSQL would else read all people, or all who block, at
 * once where it expects many rows to ask.
 */
export const visibleTo = (
  viewer: Prisma.Sql,
  { removedToo = Prisma.sql`false`, mentionedIds = Prisma.sql`p.mentioned_ids` } = {},
): Prisma.Sql => Prisma.sql`(
  ${isReadable(Prisma.sql`p`, viewer, removedToo, mentionedIds)}
  AND (p.repost_of_id IS NULL OR EXISTS (
    SELECT 1 FROM posts original WHERE original.id = p.repost_of_id
      AND ${isReadable(Prisma.sql`original`, viewer, removedToo, Prisma.sql`original.mentioned_ids`)} OFFSET 0))
) IS TRUE`;

const isReadable = (
  post: Prisma.Sql,
  viewer: Prisma.Sql,
  removedToo: Prisma.Sql,
  mentionedIds: Prisma.Sql,
): Prisma.Sql => {
  const author = Prisma.sql`${post}.author_id`;
  return Prisma.sql`(
    ${author} = ${viewer}
    OR ((${post}.removed_at IS NULL OR ${removedToo}) AND ${canInteract(viewer, author)} AND (
      (${post}.visibility = 'PUBLIC'
        AND NOT EXISTS (SELECT 1 FROM people WHERE people.id = ${author} AND people.is_private OFFSET 0))
      OR (${post}.visibility <> 'MENTIONED' AND ${followsAuthor(viewer, author)})
      OR ${viewer} = ANY (${mentionedIds}))))`;
};

/** Whether the person follows the author, of the row `p` where it is not said of which. */
export const followsAuthor = (
  viewer: Prisma.Sql,
  author = Prisma.sql`p.author_id`,
): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM follows
  WHERE follows.follower_id = ${viewer} AND follows.followee_id = ${author} AND follows.active OFFSET 0
)`;

/**
 * Whether a person can interact with another at all, before it is asked what they may read of theirs: the other's account is
 * active, and neither blocks the other.
 */
export const canInteract = (viewer: Prisma.Sql, other: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  NOT EXISTS (SELECT 1 FROM people WHERE people.id = ${other} AND NOT people.is_active OFFSET 0)
  AND NOT EXISTS (
    SELECT 1 FROM blocks b WHERE b.blocker_id = ${viewer} AND b.blocked_id = ${other} AND b.active OFFSET 0)
  AND NOT EXISTS (
    SELECT 1 FROM blocks b WHERE b.blocker_id = ${other} AND b.blocked_id = ${viewer} AND b.active OFFSET 0))`;

/**
 * Whether a person finds another at all, as the user service has it: themself always, and everybody as a moderator; else
 * nobody whose account is not active or who blocks them. Whom one blocks is still found, to end it.
 */
export const finds = (
  viewer: Prisma.Sql,
  isModerator: Prisma.Sql,
  other: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(
  ${other} = ${viewer} OR ${isModerator} OR (
    NOT EXISTS (SELECT 1 FROM people WHERE people.id = ${other} AND NOT people.is_active OFFSET 0)
    AND NOT EXISTS (
      SELECT 1 FROM blocks b WHERE b.blocker_id = ${other} AND b.blocked_id = ${viewer} AND b.active OFFSET 0))
) IS TRUE`;

/**
 * Whether a person mutes an author, whose posts stay out of their home timeline then, and readable elsewhere. One that has
 * lapsed counts as none.
 */
export const isMutedBy = (viewer: Prisma.Sql, author: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM mutes m WHERE m.muter_id = ${viewer} AND m.muted_id = ${author} AND m.active
    AND (m.until IS NULL OR m.until > now()) OFFSET 0)`;
