import type { Metadata } from 'next';
import { textsNow } from '#texts';
import { excerpt } from '../../text/excerpt.ts';
import type { Person } from '../../ui/person.ts';

/** What a profile says of itself where its address is shown. */
export async function profileMetadata(
  person: Person & { bio: string | null; isPrivate: boolean },
): Promise<Metadata> {
  const t = await textsNow('profile');
  const { username, displayName, bio, avatar, isPrivate } = person;
  const title = `${displayName} (@${username})`;
  const description = excerpt(bio ?? '', 200) || t('isHere', { name: displayName });
  const path = `/u/${encodeURIComponent(username)}`;
  return {
    title,
    description,
    alternates: { canonical: path },
    robots: isPrivate ? { index: false } : undefined,
    openGraph: {
      type: 'profile',
      siteName: 'SocialHub',
      title,
      description,
      url: path,
      username,
      ...(avatar?.thumbnail && { images: [{ url: avatar.thumbnail, alt: '' }] }),
    },
    twitter: { card: 'summary' },
  };
}
