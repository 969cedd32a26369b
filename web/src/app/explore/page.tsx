import type { Metadata } from 'next';
import Link from 'next/link';
import { MemberFeed } from '../../features/feed/for-members.tsx';
import { Timeline } from '../../features/feed/timeline.tsx';
import { cursorFrom, readTimeline } from '../../features/feed/timeline-page.ts';
import { VisitorFeed } from '../../features/feed/visitor-feed.tsx';
import { ProfileCard } from '../../features/profile/profile-card.tsx';
import { SuggestedPeople } from '../../features/profile/suggested-people.tsx';
import { SearchForm } from '../../features/search/search-form.tsx';
import { sessionFor } from '../../session/current-session.ts';
import { Notice } from '../../ui/notice.tsx';

export const metadata: Metadata = { title: 'Explore' };

/** What everybody may see, newest first; with or without a session. */
export default async function ExplorePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const after = cursorFrom((await searchParams).after);
  const [session, outcome] = await Promise.all([sessionFor('/explore'), readTimeline('public', after)]);
  return (
    <div className="columns">
      <div className="column">
        <h1 className="page-title">Explore</h1>
        <SearchForm />
        <p className="page-lead">Public posts of everyone here, newest first.</p>
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
            <SuggestedPeople viewerId={session.viewer.id} />
          </>
        )}
        {session.state === 'signedOut' && (
          <Notice title="Join in">
            <p>Sign up to post, to follow people and to have a timeline of your own.</p>
            <p>
              <Link href="/sign-up" className="button primary" prefetch={false}>
                Create an account
              </Link>
            </p>
          </Notice>
        )}
      </div>
    </div>
  );
}

const Empty = () => (
  <Notice title="Nothing here yet">
    <p>Nobody has posted anything public so far.</p>
  </Notice>
);
