import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import { composePath } from '../../../features/composer/compose-path.ts';
import { Posts } from '../../../features/feed/posts.tsx';
import { cursorFrom } from '../../../features/feed/timeline-page.ts';
import { AccountModeration } from '../../../features/moderation/account-moderation.tsx';
import { ProfileHead } from '../../../features/profile/profile-head.tsx';
import { profileMetadata } from '../../../features/profile/profile-metadata.ts';
import { ProfileTabs } from '../../../features/profile/profile-tabs.tsx';
import { readProfile } from '../../../features/profile/read-profile.ts';
import { sessionOf } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import { Notice } from '../../../ui/notice.tsx';

interface Props {
  params: Promise<{ username: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const username = decodeURIComponent((await params).username);
  const { data } = await readProfile(username, cursorFrom((await searchParams).after));
  return data?.user ? profileMetadata(data.user) : { title: `@${username}` };
}

/** Somebody's profile and what of theirs the viewer may read. */
export default async function ProfilePage({ params, searchParams }: Props) {
  const t = await textsNow('profile');
  const username = decodeURIComponent((await params).username);
  const path = `/u/${encodeURIComponent(username)}` as const;
  const after = cursorFrom((await searchParams).after);
  const asked = readProfile(username, after);
  const [session, { data, faults }] = await Promise.all([sessionOf(path, asked), asked]);
  const profile = data?.user;
  if (profile === null && faults.length === 0) notFound();
  if (!profile) {
    return (
      <div className="column">
        <h1 className="page-title">@{username}</h1>
        <LoadFault faults={faults} href={path} />
      </div>
    );
  }
  const isSelf = session.state === 'signedIn' && session.viewer?.id === profile.id;
  const isClosed = profile.isPrivate && !isSelf && profile.viewerRelationship?.follow !== 'FOLLOWING';
  const posts = profile.posts?.edges.map((edge) => edge.node) ?? [];
  return (
    <div className="column">
      <ProfileHead profile={profile} isSelf={isSelf} isVisitor={session.state === 'signedOut'} />
      {!isSelf && <AccountModeration id={profile.id} />}
      <ProfileTabs username={profile.username} />
      <h2 className="visually-hidden">{t('posts')}</h2>
      {posts.length > 0 ? (
        <Posts posts={posts} isVisitor={session.state === 'signedOut'} />
      ) : isSelf && profile.posts ? (
        <Notice title={t('notPostedYet')}>
          <p>
            <Link href={composePath({})} className="button primary" prefetch={false}>
              {t('writePost')}
            </Link>
          </p>
        </Notice>
      ) : (
        <Notice title={t('nothingReadHere')}>
          <p>
            {!profile.posts && t('postsCannotBeLoaded')}
            {profile.posts && isClosed && t('whoReadsPosts')}
            {profile.posts && !isClosed && t('thereNoPostMay')}
          </p>
        </Notice>
      )}
      {profile.posts && <NextPage path={path} info={profile.posts.pageInfo} label={t('olderPosts')} />}
    </div>
  );
}
