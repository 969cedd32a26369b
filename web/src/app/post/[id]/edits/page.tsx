import Link from 'next/link';
import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import { cursorFrom, PAGE_SIZE } from '../../../../features/feed/timeline-page.ts';
import { PostEdits } from '../../../../features/post/post-edits.tsx';
import { hasCode } from '../../../../gateway/faults.ts';
import { PostEditsQuery } from '../../../../gateway/operations.ts';
import { askPublic } from '../../../../gateway/public-reads.ts';
import { titled } from '../../../../i18n/titled.ts';
import { currentCaller, readFor } from '../../../../session/current-session.ts';
import { LoadFault } from '../../../../ui/load-fault.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';

export const generateMetadata = titled('post', 'earlierTexts');

/** The earlier texts of a post, for those who could have read them. */
export default async function PostEditsPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('post');
  const { id } = await params;
  const path = `/post/${encodeURIComponent(id)}` as const;
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await readFor(`${path}/edits`, async () =>
    askPublic(PostEditsQuery, { id, first: PAGE_SIZE, after }, await currentCaller()),
  );
  const post = data?.post;
  if (post === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'))) notFound();
  return (
    <div className="column">
      <h1 className="page-title">{t('earlierTexts')}</h1>
      <p className="page-lead">
        <Link href={path} prefetch={false}>
          {t('postAsNow')}
        </Link>
      </p>
      {post ? (
        <>
          <PostEdits edits={post.edits.edges.map(({ node }) => node)} />
          <NextPage path={`${path}/edits`} info={post.edits.pageInfo} label={t('laterTexts')} />
        </>
      ) : (
        <LoadFault faults={faults} href={`${path}/edits`} />
      )}
    </div>
  );
}
