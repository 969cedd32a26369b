import { textsNow } from '#texts';
import { ask } from '../../gateway/client.ts';
import { SearchUsersQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PAGE_SIZE } from '../feed/timeline-page.ts';
import { PeopleList } from '../profile/people-list.tsx';

/** A page of the people whom a signed-in person may be looking for. */
export async function FoundPeople({ query, after }: { query: string; after: string | null }) {
  const t = await textsNow('search');
  const { data, faults } = await ask(
    SearchUsersQuery,
    { query, first: PAGE_SIZE, after },
    await currentCaller(),
  );
  const page = data?.searchUsers;
  if (!page) return <LoadFault faults={faults} href={`/search?${new URLSearchParams({ q: query })}`} />;
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
