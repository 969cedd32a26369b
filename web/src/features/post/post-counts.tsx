import Link from 'next/link';
import { useTexts } from '#texts';
import type { PostResponsesFragment } from './generated/post-card.ts';
import styles from './post-card.module.css';
import { WRITE } from './write-comment.ts';

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
  const t = useTexts('post');
  const comments =
    post.commentCount > 0 ? t('commentCount', { n: post.commentCount }) : canComment ? t('comment') : null;
  const counts = [
    repostsToo && post.repostCount > 0 ? t('repostCount', { n: post.repostCount }) : null,
    post.quoteCount > 0 ? t('quoteCount', { n: post.quoteCount }) : null,
  ].filter((one) => one !== null);
  if (comments === null && counts.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label={t('responses')}>
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
