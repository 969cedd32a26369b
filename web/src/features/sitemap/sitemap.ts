import 'server-only';
import { LatestPagesQuery } from '../../gateway/operations.ts';
import { askPublic } from '../../gateway/public-reads.ts';
import { publicOrigin } from '../../session/public-origin.ts';

/** As many as the graph gives at once; older posts are found by the pages that lead to them. */
const most = 100;
const always = ['/', '/explore', '/about', '/rules', '/terms', '/privacy'];

interface Place {
  path: string;
  changedAt?: string;
}

/** Gives a sitemap (sitemaps.org) of the pages that stay and of the latest public posts with their authors, as nobody sees them; null while those cannot be had. */
export async function sitemap(): Promise<string | null> {
  const { data } = await askPublic(LatestPagesQuery, { first: most }, {});
  if (!data?.publicTimeline) return null;
  const posts = data.publicTimeline.edges.map(({ node }) => node);
  const authors = posts.flatMap(({ author }) => (author && !author.isPrivate ? [author.username] : []));
  const places: Place[] = [
    ...always.map((path) => ({ path })),
    ...[...new Set(authors)].map((username) => ({ path: `/u/${encodeURIComponent(username)}` })),
    ...posts.map(({ id, editedAt, createdAt }) => ({
      path: `/post/${encodeURIComponent(id)}`,
      changedAt: editedAt ?? createdAt,
    })),
  ];
  const { origin } = await publicOrigin();
  const urls = places.map(
    ({ path, changedAt }) =>
      `<url><loc>${escaped(origin + path)}</loc>${changedAt ? `<lastmod>${escaped(changedAt)}</lastmod>` : ''}</url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>\n`;
}

const escaped = (text: string): string => text.replace(/[&<>'"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
