import type { PageRequest } from '@socialhub/platform/database/pagination';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader } from '../client.ts';
import { beforePlace, type OwnedPage, type PageRow, type Place, wantedPages } from '../paging/list-pages.ts';
import { type PostRow, postColumns } from '../posts/posts.ts';
import { homePeople, standsInHome } from '../visibility/home.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';

/**
 * Posts of the people whom the viewer follows and does not mute, and the viewer's own, with what they repost; each post once. A page
 * of n posts can only be by those n people whose latest post is the latest, and where there are n of them it reaches back no further than the
 * oldest of these n posts: one index probe for each person followed finds them, and from each of the n people come the posts since.
 * Reposts come from everybody followed, since the oldest of these posts where they are n: whoever reposts all day what does not
 * stand here is not read back to their last post.
 */
export async function listHomeTimeline(
  db: Reader,
  viewerId: string,
  page: PageRequest<Place>,
): Promise<PostRow[]> {
  const viewer = uuid(viewerId);
  const theirs = (condition: Prisma.Sql, limit = page.limit) => Prisma.sql`
    SELECT * FROM posts p
    WHERE p.author_id = person.id AND ${condition}
      AND (p.created_at, p.id) < ${beforePlace(page.after)} AND ${standsInHome(viewer)}
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${limit}`;
  const oldestOf = (full: Prisma.Sql) => Prisma.sql`
    SELECT CASE count(*) WHEN ${page.limit} THEN min(created_at) ELSE '-infinity' END AS since FROM ${full}`;
  // Asked in a way that no index of reposts answers, of which none is in the order of time.
  const since = Prisma.sql`(p.repost_of_id IS NULL) IS FALSE AND p.created_at >= oldest.since`;
  return db.$queryRaw<PostRow[]>`
    WITH person AS MATERIALIZED (
      ${homePeople(viewer)}
    ), author AS MATERIALIZED (
      SELECT person.id, latest.created_at
      FROM person CROSS JOIN LATERAL (${theirs(Prisma.sql`p.repost_of_id IS NULL`, 1)}) latest
      ORDER BY latest.created_at DESC, latest.id DESC
      LIMIT ${page.limit}
    ), post AS MATERIALIZED (
      SELECT p.* FROM (${oldestOf(Prisma.sql`author`)}) latest CROSS JOIN author AS person
      CROSS JOIN LATERAL (${theirs(Prisma.sql`p.repost_of_id IS NULL AND p.created_at >= latest.since`)}) p
      ORDER BY p.created_at DESC, p.id DESC
      LIMIT ${page.limit}
    )
    SELECT ${postColumns}
    FROM (
      SELECT * FROM post
      UNION ALL
      SELECT p.* FROM (${oldestOf(Prisma.sql`post`)}) oldest CROSS JOIN person
      CROSS JOIN LATERAL (${theirs(since)}) p
    ) p
    ORDER BY p.created_at DESC, p.id DESC
    LIMIT ${page.limit}`;
}

export const listPublicTimeline = async (db: Reader, viewerId: string | null, page: PageRequest<Place>) =>
  db.$queryRaw<PostRow[]>`
    SELECT ${postColumns} FROM posts p
    WHERE p.visibility = 'PUBLIC' AND p.repost_of_id IS NULL
      AND (p.created_at, p.id) < ${beforePlace(page.after)}
      AND ${visibleTo(uuid(viewerId))}
    ORDER BY p.created_at DESC, p.id DESC
    LIMIT ${page.limit}`;

/** What the viewer may read of each owner's posts. */
export const listAuthorPages = async (db: Reader, viewerId: string | null, pages: readonly OwnedPage[]) =>
  db.$queryRaw<PageRow<PostRow>[]>`
    SELECT want.nth::int AS nth, ${postColumns}
    FROM ${wantedPages(pages, 'newest first')}
    CROSS JOIN LATERAL (
      SELECT * FROM posts p
      WHERE p.author_id = want.owner_id
        AND (p.created_at, p.id) < (want.after_time, want.after_id)
        AND ${visibleTo(uuid(viewerId))}
      ORDER BY p.created_at DESC, p.id DESC
      LIMIT want.first_rows
    ) p
    ORDER BY want.nth, p.created_at DESC, p.id DESC`;
