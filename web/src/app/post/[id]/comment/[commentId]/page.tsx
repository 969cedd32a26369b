import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { textsNow } from '#texts';
import { commentPath } from '../../../../../features/comments/comment-path.ts';
import {
  MemberComment,
  MemberCommenting,
  MemberNewReplies,
  MemberReplies,
} from '../../../../../features/comments/for-members.tsx';
import { VisitorComment, VisitorReplies } from '../../../../../features/comments/visitor-comments.tsx';
import { cursorFrom, PAGE_SIZE } from '../../../../../features/feed/timeline-page.ts';
import { hasCode } from '../../../../../gateway/faults.ts';
import { CommentThreadQuery } from '../../../../../gateway/operations.ts';
import { askPublic } from '../../../../../gateway/public-reads.ts';
import { titled } from '../../../../../i18n/titled.ts';
import { currentRole } from '../../../../../session/current-role.ts';
import { currentCaller, sessionOf } from '../../../../../session/current-session.ts';
import { LoadFault } from '../../../../../ui/load-fault.tsx';
import { NextPage } from '../../../../../ui/next-page.tsx';

export const generateMetadata = titled('comments', 'commentTitle');

/** One comment and what answers it. */
export default async function CommentPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string; commentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('comments');
  const { id, commentId } = await params;
  const path = commentPath({ id: commentId, post: { id } });
  const after = cursorFrom((await searchParams).after);
  const variables = { id: commentId, first: PAGE_SIZE, after };
  const asked = askPublic(CommentThreadQuery, variables, await currentCaller());
  const [role, { data, faults }, session] = await Promise.all([currentRole(), asked, sessionOf(path, asked)]);
  const comment = data?.comment;
  if (comment === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'))) notFound();
  if (comment && comment.post.id !== id) redirect(commentPath({ id: commentId, post: comment.post }));
  const author = session.state === 'signedIn' ? session.viewer : null;
  return (
    <div className="column">
      <h1 className="page-title">{t('commentTitle')}</h1>
      {comment ? (
        <>
          <p className="page-lead">
            <Link href={`/post/${encodeURIComponent(comment.post.id)}`} prefetch={false}>
              {t('toPost')}
            </Link>
            {comment.parent && (
              <>
                {' · '}
                <Link href={commentPath({ ...comment.parent, post: comment.post })} prefetch={false}>
                  {t('whatAnswers')}
                </Link>
              </>
            )}
          </p>
          {session.state === 'signedOut' ? (
            <>
              <VisitorComment part={comment} />
              <h2 className="section-title">{t('replies')}</h2>
              <VisitorReplies part={comment} />
            </>
          ) : (
            <MemberCommenting author={author} firstKey={crypto.randomUUID()} moderating={role !== 'MEMBER'}>
              <MemberComment part={comment} />
              <h2 className="section-title">{t('replies')}</h2>
              <MemberNewReplies part={comment} after={after} />
              <MemberReplies part={comment} />
            </MemberCommenting>
          )}
          <NextPage path={path} info={comment.replies.pageInfo} label={t('moreReplies')} />
        </>
      ) : (
        <LoadFault faults={faults} href={path} />
      )}
    </div>
  );
}
