'use client';

import type { FragmentType } from '@apollo/client';
import { useId, useState } from 'react';
import { useTexts } from '#texts';
import { useViewerId } from '../../graph/live.tsx';
import { usePart } from '../../graph/use-part.ts';
import { InItsPlace } from '../../ui/in-its-place.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ModerateForm } from '../moderation/moderate-form.tsx';
import look from '../post/post-card.module.css';
import { CommentReactions } from '../reactions/reactions-of.tsx';
import { EndedPerson } from '../relationships/ended-person.tsx';
import { PersonItems } from '../relationships/person-items.tsx';
import { ChangeComment } from './change-comment.tsx';
import { CommentView } from './comment-view.tsx';
import { useCommenting } from './commenting.tsx';
import styles from './comments.module.css';
import { type CommentCardFragment, CommentCardFragmentDoc } from './generated/comment-card.ts';
import { ReplyForm } from './reply-form.tsx';

/** One comment, with what the viewer can do with it. */
export function CommentCard({ part }: { part: FragmentType<CommentCardFragment> }) {
  const t = useTexts('comments');
  const comment = usePart(CommentCardFragmentDoc, part);
  const { moderating } = useCommenting();
  const viewerId = useViewerId();
  const id = useId();
  const [ended, setEnded] = useState<'mute' | 'block' | null>(null);
  const { author } = comment;
  if (ended)
    return (
      <InItsPlace className={`${styles.card} ${look.unknown}`}>
        <EndedPerson how={ended} person={author} />
      </InItsPlace>
    );
  return (
    <CommentView
      comment={comment}
      menu={
        viewerId &&
        author &&
        author.id !== viewerId && (
          <Menu id={id} label={t('moreAboutComment')}>
            <PersonItems person={author} onEnded={setEnded} />
          </Menu>
        )
      }
      foot={<CommentFoot comment={comment} />}
    >
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
