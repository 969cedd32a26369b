import Link from 'next/link';
import { useTexts } from '#texts';
import { useNumbers } from '../../ui/numbers.ts';
import { ToggleIcon } from '../../ui/toggle-icon.tsx';
import type { PostResponsesFragment } from './generated/post-card.ts';
import styles from './post-card.module.css';
import toggle from './toggle-button.module.css';
import { WRITE } from './write-comment.ts';

/** How many commented on a post, and the way to what they said; and what else is counted of which nothing else says how many. */
export function PostCounts({
  post,
  uncounted,
  canComment,
}: {
  post: PostResponsesFragment;
  uncounted: { reposts: boolean; quotes: boolean };
  canComment: boolean;
}) {
  const t = useTexts('post');
  const numbers = useNumbers();
  const { commentCount, repostCount, quoteCount } = post;
  const counts = [
    uncounted.reposts && repostCount > 0 ? t('repostCount', { n: repostCount }) : null,
    uncounted.quotes && quoteCount > 0 ? t('quoteCount', { n: quoteCount }) : null,
  ].filter((one) => one !== null);
  const hasComments = commentCount > 0 || canComment;
  if (!hasComments && counts.length === 0) return null;
  return (
    <ul className={styles.counts} aria-label={t('responses')}>
      {hasComments && (
        <li>
          <Link
            href={`/post/${post.id}#${commentCount > 0 ? 'comments' : WRITE}`}
            className={toggle.button}
            prefetch={false}
          >
            <ToggleIcon on={false}>
              <path d="M12 4a8 8 0 1 1-3.6 15.100L4 20.500l1.300-4.300A8 8 0 0 1 12 4Z" />
            </ToggleIcon>
            <span className={toggle.label}>
              {commentCount > 0 ? t('commentCount', { n: commentCount }) : t('comment')}
            </span>
            {commentCount > 0 && (
              <span className={toggle.short} aria-hidden="true">
                {numbers(commentCount)}
              </span>
            )}
          </Link>
        </li>
      )}
      {counts.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
