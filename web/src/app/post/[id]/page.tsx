import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { CommentBox } from '../../../features/comments/comment-box.tsx';
import { PostComments } from '../../../features/comments/comment-list.tsx';
import { CommentsPage } from '../../../features/comments/commenting.tsx';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { OwnPictures } from '../../../features/media/own-pictures.tsx';
import { ModerateForm } from '../../../features/moderation/moderate-form.tsx';
import { PostCard } from '../../../features/post/post-card.tsx';
import { postMetadata } from '../../../features/post/post-metadata.ts';
import { readPost } from '../../../features/post/read-post.ts';
import { hasCode } from '../../../gateway/faults.ts';
import { currentRole } from '../../../session/current-role.ts';
import { sessionFor } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { data } = await readPost((await params).id, PAGE_SIZE, cursorFrom((await searchParams).after));
  return data?.post ? postMetadata(data.post) : { title: 'Post' };
}

/** One post and the comments that answer it. */
export default async function PostPage({ params, searchParams }: Props) {
  const { id } = await params;
  const path = `/post/${encodeURIComponent(id)}` as const;
  const after = cursorFrom((await searchParams).after);
  const [role, { data, faults }, session] = await Promise.all([
    currentRole(),
    readPost(id, PAGE_SIZE, after),
    sessionFor(path),
  ]);
  const post = data?.post;
  // An address may hold anything: what is no post's id is BAD_USER_INPUT.
  if (post === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'))) notFound();
  if (post?.repostOf) redirect(`/post/${encodeURIComponent(post.repostOf.id)}`);
  const viewer = session.state === 'signedIn' ? session.viewer : null;
  return (
    <div className="column">
      <h1 className="page-title">Post</h1>
      {post ? (
        <>
          <PostCard part={post} />
          {viewer && post.author?.id === viewer.id && <OwnPictures postId={post.id} media={post.media} />}
          {role !== 'MEMBER' && <ModerateForm what="post" id={post.id} />}
          <h2 id="comments" className="section-title">
            Comments
          </h2>
          <CommentsPage author={viewer} firstKey={crypto.randomUUID()} moderating={role !== 'MEMBER'}>
            {session.state === 'signedIn' && <CommentBox postId={post.id} />}
            <PostComments part={post} />
          </CommentsPage>
          <NextPage path={path} info={post.comments.pageInfo} label="More comments" />
        </>
      ) : (
        <LoadFault faults={faults} href={path} />
      )}
    </div>
  );
}
