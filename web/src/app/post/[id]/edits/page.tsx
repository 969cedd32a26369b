import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cursorFrom, PAGE_SIZE } from '../../../../features/feed/timeline-page.ts';
import { PostEdits } from '../../../../features/post/post-edits.tsx';
import { hasCode } from '../../../../gateway/faults.ts';
import { PostEditsQuery } from '../../../../gateway/operations.ts';
import { askPublic } from '../../../../gateway/public-reads.ts';
import { currentCaller, sessionFor } from '../../../../session/current-session.ts';
import { LoadFault } from '../../../../ui/load-fault.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';

export const metadata: Metadata = { title: 'Earlier texts' };

/** The earlier texts of a post, for those who could have read them. */
export default async function PostEditsPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { id } = await params;
  const path = `/post/${encodeURIComponent(id)}` as const;
  const after = cursorFrom((await searchParams).after);
  const [, { data, faults }] = await Promise.all([
    sessionFor(`${path}/edits`),
    askPublic(PostEditsQuery, { id, first: PAGE_SIZE, after }, await currentCaller()),
  ]);
  const post = data?.post;
  if (post === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'))) notFound();
  return (
    <div className="column">
      <h1 className="page-title">Earlier texts</h1>
      <p className="page-lead">
        <Link href={path} prefetch={false}>
          The post as it is now
        </Link>
      </p>
      {post ? (
        <>
          <PostEdits edits={post.edits.edges.map(({ node }) => node)} />
          <NextPage path={`${path}/edits`} info={post.edits.pageInfo} label="Later texts" />
        </>
      ) : (
        <LoadFault faults={faults} href={`${path}/edits`} />
      )}
    </div>
  );
}
