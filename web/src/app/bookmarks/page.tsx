import { textsNow } from '#texts';
import { PostList } from '../../features/feed/post-list.tsx';
import { cursorFrom, PAGE_SIZE } from '../../features/feed/timeline-page.ts';
import { BookmarksQuery } from '../../gateway/operations.ts';
import { titled } from '../../i18n/titled.ts';
import { askSignedIn } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';
import { Notice } from '../../ui/notice.tsx';

export const generateMetadata = titled('feed', 'bookmarks');

/** The posts that the signed-in person wants to find again. */
export default async function BookmarksPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('feed');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/bookmarks', BookmarksQuery, { first: PAGE_SIZE, after });
  const page = data?.bookmarks;
  return (
    <div className="column">
      <h1 className="page-title">{t('bookmarks')}</h1>
      <p className="page-lead">{t('knownAlone')}</p>
      {page ? (
        <>
          {page.edges.length === 0 ? (
            <Notice title={t('haveNoBookmarks')}>
              <p>{t('whatBookmarksAre')}</p>
            </Notice>
          ) : (
            <PostList posts={page.edges.map(({ node }) => node)} />
          )}
          <NextPage path="/bookmarks" info={page.pageInfo} label={t('more')} />
        </>
      ) : (
        <LoadFault faults={faults} href="/bookmarks" />
      )}
    </div>
  );
}
