import { textsNow } from '#texts';
import { hasCode } from '../../gateway/faults.ts';
import { SearchPostsQuery } from '../../gateway/operations.ts';
import { askSignedIn } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PostList } from '../feed/post-list.tsx';
import { PAGE_SIZE } from '../feed/timeline-page.ts';
import { HowToSearch } from './how-to-search.tsx';
import { searchPath } from './search-path.ts';

/** A page of the posts that a signed-in person searches for; of a query that cannot be read, how one searches. */
export async function FoundPosts({ query, after }: { query: string; after: string | null }) {
  const t = await textsNow('search');
  const here = searchPath(query, 'posts');
  const { data, faults } = await askSignedIn(here, SearchPostsQuery, { query, first: PAGE_SIZE, after });
  const page = data?.searchPosts;
  if (!page && hasCode(faults, 'BAD_USER_INPUT')) return <HowToSearch />;
  if (!page) return <LoadFault faults={faults} href={here} />;
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
      <NextPage
        path="/search"
        query={{ q: query, type: 'posts' }}
        info={page.pageInfo}
        label={t('olderPosts')}
      />
    </>
  );
}
