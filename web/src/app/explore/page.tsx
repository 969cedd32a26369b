import Link from 'next/link';
import { textsNow, useTexts } from '#texts';
import { MemberFeed } from '../../features/feed/for-members.tsx';
import { Timeline } from '../../features/feed/timeline.tsx';
import { cursorFrom, readExplore } from '../../features/feed/timeline-page.ts';
import { VisitorFeed } from '../../features/feed/visitor-feed.tsx';
import { ProfileCard } from '../../features/profile/profile-card.tsx';
import { SuggestedPeople } from '../../features/profile/suggested-people.tsx';
import { SearchForm } from '../../features/search/search-form.tsx';
import { titled } from '../../i18n/titled.ts';
import { sessionOf } from '../../session/current-session.ts';
import { Notice } from '../../ui/notice.tsx';

export const generateMetadata = titled('feed', 'explore');

/** What everybody may see, newest first; with or without a session. */
export default async function ExplorePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('feed');
  const after = cursorFrom((await searchParams).after);
  const asked = readExplore(after);
  const [session, outcome] = await Promise.all([sessionOf('/explore', asked), asked]);
  return (
    <div className="columns">
      <div className="column">
        <h1 className="page-title">{t('explore')}</h1>
        <SearchForm />
        <p className="page-lead">{t('publicPostsEveryoneHere')}</p>
        <Timeline path="/explore" after={after} outcome={outcome}>
          {(page) =>
            session.state === 'signedOut' ? (
              <VisitorFeed key={after} path="/explore" page={page} empty={<Empty />} />
            ) : (
              <MemberFeed
                key={after}
                name="public"
                path="/explore"
                page={page}
                isFirst={after === null}
                empty={<Empty />}
              />
            )
          }
        </Timeline>
      </div>
      <div className="aside">
        {session.state === 'signedIn' && session.viewer && (
          <>
            <ProfileCard profile={session.viewer} />
            <SuggestedPeople latest={outcome.data?.latest} viewerId={session.viewer.id} />
          </>
        )}
        {session.state === 'signedOut' && (
          <Notice title={t('joinIn')}>
            <p>{t('signUpPostFollow')}</p>
            <p>
              <Link href="/sign-up" className="button primary" prefetch={false}>
                {t('createAccount')}
              </Link>
            </p>
          </Notice>
        )}
      </div>
    </div>
  );
}

const Empty = () => {
  const t = useTexts('feed');
  return (
    <Notice title={t('nothingHereYet')}>
      <p>{t('nobodyHasPostedAnything')}</p>
    </Notice>
  );
};
