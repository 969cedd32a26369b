import type { Metadata } from 'next';
import { textsNow } from '#texts';
import { cursorFrom } from '../../../../features/feed/timeline-page.ts';
import { PeoplePage } from '../../../../features/profile/people-page.tsx';

interface Props {
  params: Promise<{ username: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await textsNow('profile');
  return {
    title: t('followersTitle', { username: decodeURIComponent((await params).username) }),
    robots: { index: false },
  };
}

/** Who follows somebody. */
export default async function FollowersPage({ params, searchParams }: Props) {
  const username = decodeURIComponent((await params).username);
  return <PeoplePage username={username} list="followers" after={cursorFrom((await searchParams).after)} />;
}
