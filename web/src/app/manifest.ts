import type { MetadataRoute } from 'next';

/** What makes of the site an app that can be installed. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (name: string, size: number, purpose: 'any' | 'maskable') => ({
    src: `/icons/${name}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    name: 'SocialHub',
    short_name: 'SocialHub',
    description: 'A social network of your own.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f7f4ee',
    theme_color: '#0f6b5c',
    icons: [icon('icon', 192, 'any'), icon('icon', 512, 'any'), icon('maskable', 512, 'maskable')],
    shortcuts: [
      { name: 'New post', url: '/compose' },
      { name: 'Messages', url: '/messages' },
    ],
  };
}
