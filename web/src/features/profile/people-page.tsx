import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import { hasCode } from '../../gateway/faults.ts';
import { FollowersQuery, FollowingQuery } from '../../gateway/operations.ts';
import { askPublic } from '../../gateway/public-reads.ts';
import { currentCaller, readFor } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PAGE_SIZE } from '../feed/timeline-page.ts';
import { PeopleList } from './people-list.tsx';
import { ProfileTabs } from './profile-tabs.tsx';

const LISTS = {
  followers: { query: FollowersQuery, title: 'followers', of: 'followersOf', none: 'noFollowers' },
  following: { query: FollowingQuery, title: 'following', of: 'followingOf', none: 'noFollowing' },
} as const;

export type PeopleListName = keyof typeof LISTS;

/** Who follows somebody, or whom they follow, page by page; of a private account for those who may know. */
export async function PeoplePage({
  username,
  list,
  after,
}: {
  username: string;
  list: PeopleListName;
  after: string | null;
}) {
  const t = await textsNow('profile');
  const { query, title, of, none } = LISTS[list];
  const path = `/u/${encodeURIComponent(username)}/${list}` as const;
  const { data, faults } = await readFor(path, async () =>
    askPublic(query, { username, first: PAGE_SIZE, after }, await currentCaller()),
  );
  const owner = data?.user;
  if (owner === null && faults.length === 0) notFound();
  const page = owner?.people;
  const isClosed = owner?.isPrivate && hasCode(faults, 'NOT_FOUND');
  return (
    <div className="column">
      <h1 className="page-title">
        {t.rich(of, { name: () => <bdi>{owner?.displayName ?? `@${username}`}</bdi> })}
      </h1>
      <ProfileTabs username={username} />
      {!page && !isClosed && <LoadFault faults={faults} href={path} />}
      {isClosed && (
        <Notice title={t('listPrivate')}>
          <p>{t('whoSeesList')}</p>
        </Notice>
      )}
      {page && page.edges.length === 0 && (
        <Notice title={t('nobodyHere')}>
          <p>{t(none)}</p>
        </Notice>
      )}
      {page && page.edges.length > 0 && (
        <PeopleList people={page.edges.map(({ node }) => node)} label={t(title)} />
      )}
      {page && <NextPage path={path} info={page.pageInfo} label={t('morePeople')} />}
    </div>
  );
}
