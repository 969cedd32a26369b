import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import { Posts } from '../../../features/feed/posts.tsx';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { hasCode } from '../../../gateway/faults.ts';
import { HashtagTimelineQuery } from '../../../gateway/operations.ts';
import { askPublic } from '../../../gateway/public-reads.ts';
import { currentCaller, presumedState, readFor } from '../../../session/current-session.ts';
import { tagFrom } from '../../../text/tag-from.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';

interface Props {
  params: Promise<{ tag: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await textsNow('feed');
  const tag = tagFrom((await params).tag);
  return { title: tag === null ? t('notFound') : `#${tag}` };
}

/** The posts with a hashtag that whoever looks may read. */
export default async function TagPage({ params, searchParams }: Props) {
  const t = await textsNow('feed');
  const tag = tagFrom((await params).tag);
  if (tag === null) notFound();
  const path = `/tag/${encodeURIComponent(tag)}` as const;
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await readFor(path, async () =>
    askPublic(HashtagTimelineQuery, { tag, first: PAGE_SIZE, after }, await currentCaller()),
  );
  const isVisitor = (await presumedState()) === 'signedOut';
  // An address may hold anything: what is no hashtag is BAD_USER_INPUT.
  if (!data?.hashtagTimeline && hasCode(faults, 'BAD_USER_INPUT')) notFound();
  const page = data?.hashtagTimeline;
  return (
    <div className="column">
      <h1 className="page-title">
        <bdi>#{tag}</bdi>
      </h1>
      {page ? (
        <>
          {page.edges.length === 0 ? (
            <p className="page-lead">
              {page.pageInfo.hasNextPage ? t('nothingHereMayRead') : t('thereNoPostMay')}
            </p>
          ) : (
            <Posts posts={page.edges.map(({ node }) => node)} isVisitor={isVisitor} />
          )}
          <NextPage path={path} info={page.pageInfo} label={t('more')} />
        </>
      ) : (
        <LoadFault faults={faults} href={path} />
      )}
    </div>
  );
}
