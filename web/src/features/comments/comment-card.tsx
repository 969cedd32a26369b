'use client';

import type { FragmentType } from '@apollo/client';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { ModerateForm } from '../moderation/moderate-form.tsx';
import { CommentReactions } from '../reactions/reactions-of.tsx';
import { ChangeComment } from './change-comment.tsx';
import { CommentView } from './comment-view.tsx';
import { useCommenting } from './commenting.tsx';
import styles from './comments.module.css';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';
import { ReplyForm } from './reply-form.tsx';

/** One comment, with what the viewer can do with it. */
export function CommentCard({ part }: { part: FragmentType<CommentCardFragment> }) {
  const comment = usePart(CommentCardFragmentDoc, part);
  const { moderating } = useCommenting();
  return (
    <CommentView comment={comment} foot={<CommentFoot comment={comment} />}>
      {moderating && <ModerateForm what="comment" id={comment.id} />}
    </CommentView>
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
