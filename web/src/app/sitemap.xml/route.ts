import { sitemap } from '../../features/sitemap/sitemap.ts';

export const dynamic = 'force-dynamic';

const xml = { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=900' };
const away = { 'retry-after': '10', 'cache-control': 'no-store' };

/** The pages that anybody may read, as far as this knows them. */
export async function GET(): Promise<Response> {
  const text = await sitemap();
  return text === null
    ? new Response(null, { status: 503, headers: away })
    : new Response(text, { headers: xml });
}
