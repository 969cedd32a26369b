'use client';

import { useActionState } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import { PendingButton } from '../../components/pending-button.tsx';
import { changeCommentReaction } from './change-comment-reaction.action.ts';
import styles from './comment-reactions.module.css';

const OFFERED = ['👍', '❤️', '😂', '🎉', '😮', '😢'];

/** The emojis on a comment, each a button that puts one's own there or takes it off, and others to choose from; it works without JavaScript too. */
export function CommentReactions({
  commentId,
  reactions,
  mine,
}: {
  commentId: string;
  reactions: { emoji: string; count: number }[];
  mine: string[];
}) {
  const [fault, action, pending] = useActionState(changeCommentReaction, null);
  const given = reactions.map(({ emoji }) => emoji);
  const offered = OFFERED.filter((emoji) => !given.includes(emoji));
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="commentId" value={commentId} />
      {reactions.map(({ emoji, count }) => (
        <PendingButton
          key={emoji}
          name={mine.includes(emoji) ? 'take' : 'give'}
          value={emoji}
          className={styles.reaction}
          aria-pressed={mine.includes(emoji)}
          pending={pending}
        >
          {emoji} <span>{count.toLocaleString('en')}</span>
        </PendingButton>
      ))}
      <details className={styles.more}>
        <summary>React</summary>
        <p className={styles.offered}>
          {offered.map((emoji) => (
            <PendingButton
              key={emoji}
              name="give"
              value={emoji}
              className={styles.reaction}
              pending={pending}
            >
              {emoji}
            </PendingButton>
          ))}
        </p>
      </details>
    </form>
  );
}
