import { textsNow } from '#texts';
import { ask } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { SearchPostsQuery } from '../../gateway/operations.ts';
import { currentCaller } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PostList } from '../feed/post-list.tsx';
import { PAGE_SIZE } from '../feed/timeline-page.ts';
import { HowToSearch } from './how-to-search.tsx';

/** A page of the posts that a signed-in person searches for; of a query that cannot be read, how one searches. */
export async function FoundPosts({ query, after }: { query: string; after: string | null }) {
  const t = await textsNow('search');
  const { data, faults } = await ask(
    SearchPostsQuery,
    { query, first: PAGE_SIZE, after },
    await currentCaller(),
  );
  const page = data?.searchPosts;
  const here = { q: query, type: 'posts' };
  if (!page && hasCode(faults, 'BAD_USER_INPUT')) return <HowToSearch />;
  if (!page) return <LoadFault faults={faults} href={`/search?${new URLSearchParams(here)}`} />;
  return (
    <>
      {page.edges.length > 0 && <PostList posts={page.edges.map(({ node }) => node)} />}
      {page.edges.length === 0 && page.pageInfo.hasNextPage && (
        <p className="page-lead">{t('nothingSoFar')}</p>
      )}
      {page.edges.length === 0 && !page.pageInfo.hasNextPage && (
        <Notice title={t('nothingFound')}>
          <p>{t('noPosts')}</p>
        </Notice>
      )}
      <NextPage path="/search" query={here} info={page.pageInfo} label={t('olderPosts')} />
    </>
  );
}
