import Link from 'next/link';
import type { PostResponsesFragment } from './generated/post-card.ts';
import styles from './post-card.module.css';

function plural(count: number, one: string, many: string): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** How many answered a post, and the way to what they said. */
export function PostCounts({
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
