'use client';

import type { FragmentType } from '@apollo/client';
import { Avatar } from '../../components/avatar.tsx';
import { ModerateForm } from '../../components/moderate-form.tsx';
import { PersonName } from '../../components/person-name.tsx';
import { RemovalNotice } from '../../components/removal-notice.tsx';
import { WrittenText } from '../../components/written-text.tsx';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { Time } from '../../ui/time.tsx';
import styles from '../post/post-card.module.css';
import { CommentReactions } from '../reactions/reactions-of.tsx';
import { ChangeComment } from './change-comment.tsx';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';

/** One comment, with what the viewer can do with it; of one that is gone its place. */
export function CommentCard({
  part,
  moderating,
}: {
  part: FragmentType<CommentCardFragment>;
  moderating: boolean;
}) {
  const comment = usePart(CommentCardFragmentDoc, part);
  const viewerId = useViewerId();
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
      {!gone && <CommentReactions part={comment} closed={viewerId === null || comment.removal !== null} />}
      {!gone && viewerId && comment.author?.id === viewerId && (
        <ChangeComment id={comment.id} text={comment.text} />
      )}
      {moderating && <ModerateForm what="comment" id={comment.id} />}
    </article>
  );
}
