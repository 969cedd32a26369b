'use client';

import { type FormEvent, useId } from 'react';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeReactionAction } from './change-reaction.action.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import styles from './reactions.module.css';
import type { Reacted } from './toggle-reaction.ts';

const load = async () => (await import('./change-reaction.ts')).changeReaction;

/** The emojis on a post or a comment, each a button that gives one's own or takes it back, and others to choose from; it works without JavaScript too. */
export function Reactions({
  what,
  thing,
}: {
  what: 'post' | 'comment';
  thing: Pick<Reacted, 'viewerReactions'> & { id: string; reactions: { emoji: string; count: number }[] };
}) {
  const t = useTexts('reactions');
  const numbers = useNumbers();
  const { state: fault, pending, form } = useChange(changeReactionAction, null, load);
  const picker = useId();

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    form.onSubmit?.(event as Parameters<NonNullable<typeof form.onSubmit>>[0]);
    // With it the focus goes back to the button that opened it.
    const open = event.currentTarget.querySelector<HTMLElement>('[popover]:popover-open');
    open?.hidePopover();
  }

  return (
    <form action={form.action} onSubmit={onSubmit} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="what" value={what} />
      <input type="hidden" name="id" value={thing.id} />
      {/* What the key "Enter" presses in the field for another emoji. */}
      <button type="submit" name="give" value="" hidden>
        {t('give')}
      </button>
      <div className={styles.given}>
        {thing.reactions.map(({ emoji, count }) => {
          const isMine = thing.viewerReactions.includes(emoji);
          return (
            <PendingButton
              key={emoji}
              name={isMine ? 'take' : 'give'}
              value={emoji}
              className={styles.reaction}
              aria-pressed={isMine}
              pending={pending}
            >
              {emoji} <span>{numbers(count)}</span>
            </PendingButton>
          );
        })}
      </div>
      <EmojiPicker id={picker} pending={pending} />
    </form>
  );
}
