'use client';

import { useActionState } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import { PendingButton } from '../../components/pending-button.tsx';
import { BookmarkIcon } from './bookmark-icon.tsx';
import { changeBookmark } from './change-bookmark.action.ts';
import styles from './toggle-button.module.css';

/** Puts a bookmark on a post, and takes it away; it works without JavaScript too. */
export function BookmarkButton({ postId, bookmarked }: { postId: string; bookmarked: boolean }) {
  const [fault, action, pending] = useActionState(changeBookmark, null);
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="postId" value={postId} />
      <PendingButton
        name="intent"
        value={bookmarked ? 'remove' : 'bookmark'}
        className={`button ${styles.button}`}
        aria-pressed={bookmarked}
        pending={pending}
      >
        <BookmarkIcon put={bookmarked} />
        Bookmark
      </PendingButton>
    </form>
  );
}
