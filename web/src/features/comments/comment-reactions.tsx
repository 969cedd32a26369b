'use client';

import type { FragmentType } from '@apollo/client';
import { FormMessage } from '../../components/form-message.tsx';
import { PendingButton } from '../../components/pending-button.tsx';
import { useChange } from '../../graph/use-change.ts';
import { usePart } from '../../graph/use-part.ts';
import { ReactionCounts } from '../post/reaction-counts.tsx';
import { changeCommentReactionAction } from './change-comment-reaction.action.ts';
import styles from './comment-reactions.module.css';
import { type CommentReactionsFragment, CommentReactionsFragmentDoc } from './generated/comment-card.ts';

const OFFERED = ['👍', '❤️', '😂', '🎉', '😮', '😢'];
const load = async () => (await import('./change-comment-reaction.ts')).changeCommentReaction;

/**
 * The emojis on a comment, each a button that puts one's own there or takes it off, and others to choose from; it works without
 * JavaScript too. `closed`: nobody can put one there.
 */
export function CommentReactions({
  part,
  closed,
}: {
  part: FragmentType<CommentReactionsFragment>;
  closed: boolean;
}) {
  const { id, reactions, viewerReactions: mine } = usePart(CommentReactionsFragmentDoc, part);
  const { state: fault, pending, form } = useChange(changeCommentReactionAction, null, load);
  if (closed) return <ReactionCounts reactions={reactions} />;
  const given = reactions.map(({ emoji }) => emoji);
  const offered = OFFERED.filter((emoji) => !given.includes(emoji));
  return (
    <form {...form} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="commentId" value={id} />
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
