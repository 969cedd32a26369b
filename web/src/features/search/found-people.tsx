import { textsNow } from '#texts';
import { SearchUsersQuery } from '../../gateway/operations.ts';
import { askSignedIn } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PAGE_SIZE } from '../feed/timeline-page.ts';
import { PeopleList } from '../profile/people-list.tsx';
import { searchPath } from './search-path.ts';

/** A page of the people whom a signed-in person may be looking for. */
export async function FoundPeople({ query, after }: { query: string; after: string | null }) {
  const t = await textsNow('search');
  const here = searchPath(query, 'people');
  const { data, faults } = await askSignedIn(here, SearchUsersQuery, { query, first: PAGE_SIZE, after });
  const page = data?.searchUsers;
  if (!page) return <LoadFault faults={faults} href={here} />;
  if (page.edges.length === 0)
    return (
      <Notice title={t('nobodyFound')}>
        <p>{t('noPeople')}</p>
      </Notice>
    );
  return (
    <>
      <PeopleList people={page.edges.map(({ node }) => node)} label={t('people')} />
      <NextPage path="/search" query={{ q: query }} info={page.pageInfo} label={t('morePeople')} />
    </>
  );
}
