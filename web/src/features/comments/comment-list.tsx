'use client';

import type { FragmentType } from '@apollo/client';
import Link from 'next/link';
import { usePart } from '../../graph/use-part.ts';
import { CommentCard } from './comment-card.tsx';
import { commentPath } from './comment-path.ts';
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
  const { comments } = usePart(PostCommentsFragmentDoc, part);
  if (comments.edges.length === 0) return <p className="page-lead">Nobody has answered yet.</p>;
  return <Threads edges={comments.edges} />;
}

/** What answers a comment, oldest first. */
export function CommentReplies({ part }: { part: FragmentType<CommentRepliesFragment> }) {
  const { replies } = usePart(CommentRepliesFragmentDoc, part);
  if (replies.edges.length === 0) return <p className="page-lead">Nobody has replied yet.</p>;
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
  const thread = usePart(CommentThreadFragmentDoc, part);
  const { edges } = thread.replies;
  return (
    <>
      <CommentCard part={thread} />
      {edges.length > 0 && (
        <ol className={styles.replies} aria-label="Replies">
          {edges.map(({ node }) => (
            <li key={node.id}>
              <CommentCard part={node} />
              <MoreReplies part={node} shown={0} />
            </li>
          ))}
        </ol>
      )}
      <MoreReplies part={thread} shown={edges.length} />
    </>
  );
}

/** Leads to what answers a comment and is not shown here. */
function MoreReplies({ part, shown }: { part: FragmentType<CommentCardFragment>; shown: number }) {
  const comment = usePart(CommentCardFragmentDoc, part);
  if (comment.replyCount <= shown) return null;
  const all = comment.replyCount === 1 ? '1 reply' : `${comment.replyCount.toLocaleString('en')} replies`;
  return (
    <p className={styles.more}>
      <Link href={commentPath(comment)} prefetch={false}>
        {shown === 0 ? `See ${all}` : `See all ${all}`}
      </Link>
    </p>
  );
}
