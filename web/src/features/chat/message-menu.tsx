'use client';

import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { OFFERED } from '../reactions/offered.ts';
import type { MessageRowFragment } from './generated/documents.ts';
import styles from './message-menu.module.css';

const first = OFFERED.slice(0, 12);

/** What one can do with a message, beside the button that opened it; one for all messages of a page. */
export function MessageMenu({
  open,
  isMine,
  onClose,
  onReact,
  onAnswer,
  onEdit,
  onDelete,
}: {
  open: { message: MessageRowFragment; button: HTMLElement } | null;
  isMine: boolean;
  onClose: () => void;
  onReact: (message: MessageRowFragment, emoji: string) => void;
  onAnswer: (message: MessageRowFragment) => void;
  onEdit: (message: MessageRowFragment) => void;
  onDelete: (message: MessageRowFragment) => void;
}) {
  const t = useTexts('chat');
  const element = useRef<HTMLFieldSetElement>(null);
  const [isSure, setIsSure] = useState(false);
  const message = open?.message;

  useEffect(() => {
    if (!open || !element.current) return;
    setIsSure(false);
    element.current.showPopover({ source: open.button });
    element.current.querySelector('button')?.focus();
  }, [open]);

  /** Before what it does: closing gives the focus back, which that may take. */
  function act(work: (message: MessageRowFragment) => void) {
    element.current?.hidePopover();
    if (message) work(message);
  }

  return (
    <fieldset
      ref={element}
      popover="auto"
      aria-label={t('whatDoWithMessage')}
      className={styles.menu}
      data-mine={isMine || undefined}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    >
      <p className={styles.emojis}>
        {first.map((emoji) => (
          <button
            key={emoji}
            type="button"
            className={styles.emoji}
            aria-pressed={message?.viewerReactions.includes(emoji) ?? false}
            onClick={() => act((one) => onReact(one, emoji))}
          >
            {emoji}
          </button>
        ))}
      </p>
      <button type="button" className={styles.item} onClick={() => act(onAnswer)}>
        {t('reply')}
      </button>
      {message?.text && (
        <button
          type="button"
          className={styles.item}
          onClick={() => act(({ text }) => void navigator.clipboard?.writeText(text).catch(() => undefined))}
        >
          {t('copyText')}
        </button>
      )}
      {isMine && (
        <>
          <button type="button" className={styles.item} onClick={() => act(onEdit)}>
            {t('edit')}
          </button>
          <button
            type="button"
            className={styles.item}
            data-danger
            onClick={() => (isSure ? act(onDelete) : setIsSure(true))}
          >
            {isSure ? t('deleteForEverybody') : t('delete')}
          </button>
        </>
      )}
    </fieldset>
  );
}
