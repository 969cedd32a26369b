import type { MetadataRoute } from 'next';
import { languageNow, textsNow } from '#texts';

/** What makes of the site an app that can be installed. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await textsNow('shell');
  const icon = (name: string, size: number, purpose: 'any' | 'maskable') => ({
    src: `/icons/${name}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    name: 'SocialHub',
    short_name: 'SocialHub',
    description: t('siteDescription'),
    lang: await languageNow(),
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f7f4ee',
    theme_color: '#0f6b5c',
    icons: [icon('icon', 192, 'any'), icon('icon', 512, 'any'), icon('maskable', 512, 'maskable')],
    shortcuts: [
      { name: t('newPost'), url: '/compose' },
      { name: t('messages'), url: '/messages' },
    ],
  };
}
