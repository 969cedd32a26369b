'use client';

import type { FragmentType } from '@apollo/client';
import Link from 'next/link';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { QuoteLink } from '../composer/quote-link.tsx';
import { PostReactions } from '../reactions/reactions-of.tsx';
import { BookmarkButton } from './bookmark-button.tsx';
import { type PostResponsesFragment, PostResponsesFragmentDoc } from './generated/post-card.ts';
import styles from './post-card.module.css';
import { RepostButton } from './repost-button.tsx';
import toggle from './toggle-button.module.css';

/** What others did with a post, and what the viewer can do. */
export function PostResponses({ part }: { part: FragmentType<PostResponsesFragment> }) {
  const post = usePart(PostResponsesFragmentDoc, part);
  const isSignedIn = useViewerId() !== null;
  const isOpen = post.visibility === 'PUBLIC' && post.author?.isPrivate === false && !post.removal;
  const canRepost = isSignedIn && (isOpen || post.viewerHasReposted);
  return (
    <div className={styles.responses}>
      <PostReactions part={post} closed={!isSignedIn || post.removal !== null} />
      <Counts post={post} repostsToo={!canRepost} canAnswer={isSignedIn && post.removal === null} />
      {canRepost && <RepostButton part={post} />}
      {isSignedIn && isOpen && (
        <QuoteLink postId={post.id} className={toggle.button} labelClassName={toggle.label} />
      )}
      {isSignedIn && <BookmarkButton part={post} />}
    </div>
  );
}

function plural(count: number, one: string, many: string): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function Counts({
  post,
  repostsToo,
  canAnswer,
}: {
  post: PostResponsesFragment;
  repostsToo: boolean;
  canAnswer: boolean;
}) {
  const comments = plural(post.commentCount, 'comment', 'comments') ?? (canAnswer ? 'Comment' : null);
  const counts = [
    plural(repostsToo ? post.repostCount : 0, 'repost', 'reposts'),
    plural(post.quoteCount, 'quote', 'quotes'),
  ].filter((one) => one !== null);
  if (comments === null && counts.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Responses">
      {comments && (
        <li>
          <Link href={`/post/${post.id}#comments`} className={styles.permalink} prefetch={false}>
            {comments}
          </Link>
        </li>
      )}
      {counts.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
