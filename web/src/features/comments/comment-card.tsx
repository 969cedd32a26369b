import { Avatar } from '../../components/avatar.tsx';
import { ModerateForm } from '../../components/moderate-form.tsx';
import { PersonName } from '../../components/person-name.tsx';
import { RemovalNotice } from '../../components/removal-notice.tsx';
import { WrittenText } from '../../components/written-text.tsx';
import type { PostComment } from '../../gateway/operations.ts';
import { Time } from '../../ui/time.tsx';
import styles from '../post/post-card.module.css';
import { ReactionCounts } from '../post/reaction-counts.tsx';
import { ChangeComment } from './change-comment.tsx';
import { CommentReactions } from './comment-reactions.tsx';

/** One comment, with what the viewer (null: who is signed out) can do with it; of one that is gone its place. */
export function CommentCard({
  comment,
  viewerId,
  moderating,
}: {
  comment: PostComment;
  viewerId: string | null;
  moderating: boolean;
}) {
  const id = `comment-${comment.id}`;
  const gone = comment.deletedAt !== null && comment.text === '';
  return (
    <article className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        {!gone && <Avatar person={comment.author} size={32} />}
        <h3 id={id} className={gone ? `${styles.byline} ${styles.unknown}` : styles.byline}>
          {gone ? 'This comment is gone.' : <PersonName person={comment.author} />}
        </h3>
        <span className={styles.meta}>
          <Time of={comment.createdAt} />
          {comment.editedAt && <span> · edited</span>}
        </span>
      </div>
      {comment.removal && <RemovalNotice removal={comment.removal} what="comment" />}
      {!gone && <WrittenText text={comment.text} className={styles.text} />}
      {!gone && (viewerId === null || comment.removal) && <ReactionCounts reactions={comment.reactions} />}
      {!gone && viewerId !== null && !comment.removal && (
        <CommentReactions
          commentId={comment.id}
          reactions={comment.reactions}
          mine={comment.viewerReactions}
        />
      )}
      {!gone && viewerId !== null && comment.author?.id === viewerId && (
        <ChangeComment id={comment.id} text={comment.text} />
      )}
      {moderating && <ModerateForm what="comment" id={comment.id} />}
    </article>
  );
}
