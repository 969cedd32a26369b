import Link from 'next/link';
import { textsNow } from '#texts';
import { HomeComposer, HomeFeed } from '../features/feed/for-members.tsx';
import { Timeline } from '../features/feed/timeline.tsx';
import { cursorFrom, readHome } from '../features/feed/timeline-page.ts';
import { Landing } from '../features/landing/landing.tsx';
import { ProfileCard } from '../features/profile/profile-card.tsx';
import { presumedState, sessionOf } from '../session/current-session.ts';
import { Notice, Unavailable } from '../ui/notice.tsx';

/** The home timeline of the signed-in person; a landing page for everybody else. */
export default async function HomePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('feed');
  const after = cursorFrom((await searchParams).after);
  if ((await presumedState()) === 'signedOut') return <Landing />;
  const asked = readHome(after);
  const session = await sessionOf('/', asked);
  if (session.state !== 'signedIn') {
    return (
      <div className="column">
        <h1 className="visually-hidden">{t('home')}</h1>
        <Unavailable href="/" />
      </div>
    );
  }
  return (
    <div className="columns">
      <div className="column">
        <h1 className="page-title">{t('home')}</h1>
        {after === null && (
          <HomeComposer firstKey={crypto.randomUUID()} viewerId={session.viewer?.id ?? null} />
        )}
        <Timeline path="/" after={after} outcome={await asked}>
          {(page) => (
            <HomeFeed
              key={after}
              name="home"
              path="/"
              page={page}
              isFirst={after === null}
              empty={
                <Notice title={t('quietHereForNow')}>
                  <p>{t('postsPeopleFollowAppear')}</p>
                  <p>
                    <Link href="/explore" className="button" prefetch={false}>
                      {t('explore')}
                    </Link>
                  </p>
                </Notice>
              }
            />
          )}
        </Timeline>
      </div>
      {session.viewer && (
        <div className="aside">
          <ProfileCard profile={session.viewer} />
        </div>
      )}
    </div>
  );
}
