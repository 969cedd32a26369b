import type { MetadataRoute } from 'next';
import { publicOrigin } from '../session/public-origin.ts';

/** What is of one person alone, or made of what somebody asks for. */
const nothingToFind = [
  '/bookmarks',
  '/compose',
  '/messages',
  '/moderation',
  '/notifications',
  '/search',
  '/session',
  '/settings',
  '/welcome',
];

export default async function robots(): Promise<MetadataRoute.Robots> {
  const { origin } = await publicOrigin();
  return { rules: { userAgent: '*', disallow: nothingToFind }, sitemap: `${origin}/sitemap.xml` };
}
