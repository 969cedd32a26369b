'use client';

import type { FragmentType } from '@apollo/client';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { QuoteLink } from '../composer/quote-link.tsx';
import { PostReactions } from '../reactions/reactions-of.tsx';
import { BookmarkButton } from './bookmark-button.tsx';
import { type PostResponsesFragment, PostResponsesFragmentDoc } from './generated/post-card.ts';
import styles from './post-card.module.css';
import { PostCounts } from './post-counts.tsx';
import { RepostButton } from './repost-button.tsx';
import toggle from './toggle-button.module.css';

/** What others did with a post, and what the viewer can do. */
export function PostResponses({ part }: { part: FragmentType<PostResponsesFragment> }) {
  const post = usePart(PostResponsesFragmentDoc, part);
  const isSignedIn = useViewerId() !== null;
  const isOpen = post.visibility === 'PUBLIC' && post.author?.isPrivate === false && !post.removal;
  const canRepost = isSignedIn && (isOpen || post.viewerHasReposted);
  const canQuote = isSignedIn && isOpen;
  return (
    <div className={styles.responses}>
      <PostReactions part={post} closed={!isSignedIn || post.removal !== null} />
      <PostCounts
        post={post}
        uncounted={{ reposts: !canRepost, quotes: !canQuote }}
        canComment={isSignedIn && post.removal === null}
      />
      {canRepost && <RepostButton part={post} />}
      {canQuote && (
        <QuoteLink
          postId={post.id}
          count={post.quoteCount}
          className={toggle.button}
          labelClassName={toggle.label}
        />
      )}
      {isSignedIn && <BookmarkButton part={post} />}
    </div>
  );
}
