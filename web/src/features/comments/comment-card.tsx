'use client';

import type { FragmentType } from '@apollo/client';
import Link from 'next/link';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Time } from '../../ui/time.tsx';
import { WrittenText } from '../../ui/written-text.tsx';
import { ModerateForm } from '../moderation/moderate-form.tsx';
import { RemovalNotice } from '../moderation/removal-notice.tsx';
import look from '../post/post-card.module.css';
import { CommentReactions } from '../reactions/reactions-of.tsx';
import { ChangeComment } from './change-comment.tsx';
import { commentPath } from './comment-path.ts';
import { useCommenting } from './commenting.tsx';
import styles from './comments.module.css';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';
import { ReplyForm } from './reply-form.tsx';

/** One comment, with what the viewer can do with it; of one that is gone its place. */
export function CommentCard({ part }: { part: FragmentType<CommentCardFragment> }) {
  const comment = usePart(CommentCardFragmentDoc, part);
  const { moderating } = useCommenting();
  const id = `comment-${comment.id}`;
  const gone = comment.deletedAt !== null && comment.text === '';
  return (
    <article className={styles.card} aria-labelledby={id} tabIndex={-1} data-takes-focus>
      <div className={look.head}>
        {!gone && <Avatar person={comment.author} size={32} />}
        <h3 id={id} className={gone ? `${look.byline} ${look.unknown}` : look.byline}>
          {gone ? 'This comment is gone.' : <PersonName person={comment.author} />}
        </h3>
        <span className={look.meta}>
          <Link href={commentPath(comment)} className={look.permalink} prefetch={false}>
            <Time of={comment.createdAt} />
            <span className="visually-hidden">, to this comment and its replies</span>
          </Link>
          {comment.editedAt && <span> · edited</span>}
        </span>
      </div>
      {comment.removal && <RemovalNotice removal={comment.removal} what="comment" />}
      {!gone && <WrittenText text={comment.text} className={look.text} />}
      {!gone && <CommentFoot comment={comment} />}
      {moderating && <ModerateForm what="comment" id={comment.id} />}
    </article>
  );
}

function CommentFoot({ comment }: { comment: CommentCardFragment }) {
  const viewerId = useViewerId();
  const isClosed = viewerId === null || comment.removal !== null;
  return (
    <div className={styles.foot}>
      <CommentReactions part={comment} closed={isClosed} />
      {!isClosed && <ReplyForm comment={comment} />}
      {viewerId && comment.author?.id === viewerId && <ChangeComment id={comment.id} text={comment.text} />}
    </div>
  );
}
