'use client';

import { useRef } from 'react';
import { useTexts } from '#texts';
import { CommentBox } from './comment-box.tsx';
import styles from './comments.module.css';

/** Opens the box for a reply to a comment; once the reply is there it is closed. */
export function ReplyForm({ comment }: { comment: { id: string; post: { id: string } } }) {
  const t = useTexts('comments');
  const box = useRef<HTMLDetailsElement>(null);
  return (
    <details ref={box} className={styles.reply} onToggle={(event) => begin(event.currentTarget)}>
      <summary>{t('reply')}</summary>
      <CommentBox postId={comment.post.id} parentId={comment.id} onMade={() => close(box.current)} />
    </details>
  );
}

/** Who opens it begins to write. */
function begin(box: HTMLDetailsElement): void {
  if (box.open) box.querySelector('textarea')?.focus();
}

/** Closes it, and keeps the focus of whoever worked in it. */
export function close(box: HTMLDetailsElement | null): void {
  if (!box?.open) return;
  const hadFocus = box.contains(document.activeElement);
  box.open = false;
  if (hadFocus) box.querySelector('summary')?.focus();
}
