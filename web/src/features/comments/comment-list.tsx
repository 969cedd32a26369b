'use client';

import type { FragmentType } from '@apollo/client';
import { useTexts } from '#texts';
import { usePart } from '../../graph/use-part.ts';
import { CommentCard } from './comment-card.tsx';
import { MoreReplies } from './comment-view.tsx';
import styles from './comments.module.css';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';
import {
  type CommentRepliesFragment,
  CommentRepliesFragmentDoc,
  type CommentThreadFragment,
  CommentThreadFragmentDoc,
  type PostCommentsFragment,
  PostCommentsFragmentDoc,
} from './generated/comment-list.ts';

/** What answers a post, oldest first. */
export function PostComments({ part }: { part: FragmentType<PostCommentsFragment> }) {
  const t = useTexts('comments');
  const { comments } = usePart(PostCommentsFragmentDoc, part);
  if (comments.edges.length === 0) return <p className="page-lead">{t('nobodyHasCommentedYet')}</p>;
  return <Threads edges={comments.edges} />;
}

/** What answers a comment, oldest first. */
export function CommentReplies({ part }: { part: FragmentType<CommentRepliesFragment> }) {
  const t = useTexts('comments');
  const { replies } = usePart(CommentRepliesFragmentDoc, part);
  if (replies.edges.length === 0) return <p className="page-lead">{t('nobodyHasRepliedYet')}</p>;
  return <Threads edges={replies.edges} />;
}

function Threads({ edges }: { edges: PostCommentsFragment['comments']['edges'] }) {
  return (
    <ol className={styles.list}>
      {edges.map(({ node }) => (
        <li key={node.id}>
          <Thread part={node} />
        </li>
      ))}
    </ol>
  );
}

/** A comment and the first that answer it. */
function Thread({ part }: { part: FragmentType<CommentThreadFragment> }) {
  const t = useTexts('comments');
  const thread = usePart(CommentThreadFragmentDoc, part);
  const { edges } = thread.replies;
  return (
    <>
      <CommentCard part={thread} />
      {edges.length > 0 && (
        <ol className={styles.replies} aria-label={t('replies')}>
          {edges.map(({ node }) => (
            <li key={node.id}>
              <CommentCard part={node} />
              <LiveMoreReplies part={node} shown={0} />
            </li>
          ))}
        </ol>
      )}
      <LiveMoreReplies part={thread} shown={edges.length} />
    </>
  );
}

function LiveMoreReplies({ part, shown }: { part: FragmentType<CommentCardFragment>; shown: number }) {
  return <MoreReplies comment={usePart(CommentCardFragmentDoc, part)} shown={shown} />;
}
