import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { textsNow } from '#texts';
import {
  AuthorsPictures,
  MemberCard,
  MemberCommentBox,
  MemberCommenting,
  MemberComments,
  MemberNewComments,
} from '../../../features/comments/for-members.tsx';
import { VisitorComments } from '../../../features/comments/visitor-comments.tsx';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { Moderate } from '../../../features/moderation/for-moderators.tsx';
import { postMetadata } from '../../../features/post/post-metadata.ts';
import { readPost } from '../../../features/post/read-post.ts';
import { VisitorCard } from '../../../features/post/visitor-card.tsx';
import { hasCode } from '../../../gateway/faults.ts';
import { currentRole } from '../../../session/current-role.ts';
import { sessionOf } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const t = await textsNow('post');
  const { data } = await readPost((await params).id, PAGE_SIZE, cursorFrom((await searchParams).after));
  return data?.post ? postMetadata(data.post) : { title: t('post') };
}

/** One post and the comments that answer it. */
export default async function PostPage({ params, searchParams }: Props) {
  const t = await textsNow('post');
  const { id } = await params;
  const path = `/post/${encodeURIComponent(id)}` as const;
  const after = cursorFrom((await searchParams).after);
  const asked = readPost(id, PAGE_SIZE, after);
  const [role, { data, faults }, session] = await Promise.all([currentRole(), asked, sessionOf(path, asked)]);
  const post = data?.post;
  // An address may hold anything: what is no post's id is BAD_USER_INPUT.
  if (post === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'))) notFound();
  if (post?.repostOf) redirect(`/post/${encodeURIComponent(post.repostOf.id)}`);
  const isVisitor = session.state === 'signedOut';
  const viewer = session.state === 'signedIn' ? session.viewer : null;
  return (
    <div className="column">
      <h1 className="page-title">{t('post')}</h1>
      {post ? (
        <>
          {isVisitor ? <VisitorCard part={post} isHere /> : <MemberCard part={post} />}
          {viewer && post.author?.id === viewer.id && <AuthorsPictures postId={post.id} media={post.media} />}
          {role !== 'MEMBER' && <Moderate what="post" id={post.id} />}
          <h2 id="comments" className="section-title">
            {t('comments')}
          </h2>
          {isVisitor ? (
            <>
              <p className="page-lead">
                <Link href={`/sign-in?${new URLSearchParams({ to: path })}`} prefetch={false} rel="nofollow">
                  {t('signInComment')}
                </Link>
              </p>
              <VisitorComments part={post} />
            </>
          ) : (
            <MemberCommenting author={viewer} firstKey={crypto.randomUUID()} moderating={role !== 'MEMBER'}>
              {session.state === 'signedIn' && <MemberCommentBox postId={post.id} />}
              <MemberNewComments part={post} after={after} />
              <MemberComments part={post} />
            </MemberCommenting>
          )}
          <NextPage path={path} info={post.comments.pageInfo} label={t('moreComments')} />
        </>
      ) : (
        <LoadFault faults={faults} href={path} />
      )}
    </div>
  );
}
