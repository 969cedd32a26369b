import type { PostComment } from '../gateway/operations.ts';
import { when } from '../text/when.ts';
import { Avatar } from './avatar.tsx';
import { ModerateForm } from './moderate-form.tsx';
import { PersonName } from './person-name.tsx';
import styles from './post-card.module.css';
import { RemovalNotice } from './removal-notice.tsx';
import { WrittenText } from './written-text.tsx';

/** One comment; of one that is gone its place. */
export function CommentCard({ comment, moderating }: { comment: PostComment; moderating: boolean }) {
  const id = `comment-${comment.id}`;
  const { short, exact } = when(comment.createdAt);
  const gone = comment.deletedAt !== null && comment.text === '';
  return (
    <article className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <Avatar person={comment.author} size={32} />
        <h3 id={id} className={styles.byline}>
          <PersonName person={comment.author} />
        </h3>
        <span className={styles.meta}>
          <time dateTime={comment.createdAt} title={exact}>
            {short}
          </time>
        </span>
      </div>
      {comment.removal && <RemovalNotice removal={comment.removal} what="comment" />}
      {gone ? (
        <p className={styles.unknown}>This comment is gone.</p>
      ) : (
        <WrittenText text={comment.text} className={styles.text} />
      )}
      {moderating && <ModerateForm what="comment" id={comment.id} />}
    </article>
  );
}
