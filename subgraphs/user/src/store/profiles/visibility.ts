import type { Viewer } from '@socialhub/platform/identity/identity';
import { Prisma } from '../../generated/prisma/client.ts';

/**
 * The one rule of who finds a person, on the row `p` of `profile`; every path that shows people to somebody carries it.
 *
 * Oneself always, and everybody for moderators. Nobody finds an account that is not active, and whom somebody blocks
 * does not find them. `OFFSET 0` has each looked up by its index, and not all at once.
 */
export const visibleBy = (viewerId: Prisma.Sql, isModerator: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  p.id = ${viewerId} OR ${isModerator}
  OR (p.is_active AND NOT EXISTS (SELECT 1 FROM block b WHERE b.blocker_id = p.id AND b.blocked_id = ${viewerId} OFFSET 0))
) IS TRUE`;

/** The rule for one viewer. */
export const visibleTo = (viewer: Viewer | null): Prisma.Sql =>
  visibleBy(
    Prisma.sql`${viewer?.userId ?? null}::uuid`,
    Prisma.sql`${viewer !== null && viewer.role !== 'MEMBER'}::boolean`,
  );
