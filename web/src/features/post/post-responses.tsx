'use client';

import type { FragmentType } from '@apollo/client';
import Link from 'next/link';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { type PostResponsesFragment, PostResponsesFragmentDoc } from './generated/post-card.ts';
import styles from './post-card.module.css';
import { RepostButton } from './repost-button.tsx';

/** What others did with a post, and the buttons for what the viewer can. */
export function PostResponses({ part }: { part: FragmentType<PostResponsesFragment> }) {
  const post = usePart(PostResponsesFragmentDoc, part);
  const isSignedIn = useViewerId() !== null;
  const isOpen = post.visibility === 'PUBLIC' && post.author?.isPrivate === false && !post.removal;
  const hasButton = isSignedIn && (isOpen || post.viewerHasReposted);
  return (
    <>
      <Counts post={post} repostsToo={!hasButton} />
      {hasButton && <RepostButton part={post} />}
    </>
  );
}

function plural(count: number, one: string, many: string): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function Counts({ post, repostsToo }: { post: PostResponsesFragment; repostsToo: boolean }) {
  const { reactions, viewerReactions } = post;
  const comments = plural(post.commentCount, 'comment', 'comments');
  const counts = [
    plural(repostsToo ? post.repostCount : 0, 'repost', 'reposts'),
    plural(post.quoteCount, 'quote', 'quotes'),
  ].filter((one) => one !== null);
  if (reactions.length === 0 && comments === null && counts.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Responses">
      {reactions.map(({ emoji, count }) => {
        const mine = viewerReactions.includes(emoji);
        return (
          <li key={emoji} className={styles.reaction} data-mine={mine || undefined}>
            <span>{emoji}</span> <span>{count.toLocaleString('en')}</span>
            {mine && <span className="visually-hidden"> (yours too)</span>}
          </li>
        );
      })}
      {comments && (
        <li>
          <Link href={`/post/${post.id}`} className={styles.permalink} prefetch={false}>
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
