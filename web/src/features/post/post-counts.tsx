import Link from 'next/link';
import type { PostResponsesFragment } from './generated/post-card.ts';
import styles from './post-card.module.css';
import { WRITE } from './write-comment.ts';

function plural(count: number, one: string, many: string): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** How many commented on a post, and the way to what they said. */
export function PostCounts({
  post,
  repostsToo,
  canComment,
}: {
  post: PostResponsesFragment;
  repostsToo: boolean;
  canComment: boolean;
}) {
  const comments = plural(post.commentCount, 'comment', 'comments') ?? (canComment ? 'Comment' : null);
  const counts = [
    plural(repostsToo ? post.repostCount : 0, 'repost', 'reposts'),
    plural(post.quoteCount, 'quote', 'quotes'),
  ].filter((one) => one !== null);
  if (comments === null && counts.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label="Responses">
      {comments && (
        <li>
          <Link
            href={`/post/${post.id}#${post.commentCount > 0 ? 'comments' : WRITE}`}
            className={styles.permalink}
            prefetch={false}
          >
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
