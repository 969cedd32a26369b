'use client';

import type { FragmentType } from '@apollo/client';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { usePart } from '../../graph/use-part.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { BookmarkIcon } from './bookmark-icon.tsx';
import { changeBookmarkAction } from './change-bookmark.action.ts';
import { type BookmarkButtonFragment, BookmarkButtonFragmentDoc } from './generated/bookmark-button.ts';
import styles from './toggle-button.module.css';

const load = async () => (await import('./change-bookmark.ts')).changeBookmark;

/** Puts a bookmark on a post, and takes it away; it works without JavaScript too. */
export function BookmarkButton({ part }: { part: FragmentType<BookmarkButtonFragment> }) {
  const t = useTexts('post');
  const { id, viewerHasBookmarked } = usePart(BookmarkButtonFragmentDoc, part);
  const { state: fault, pending, form } = useChange(changeBookmarkAction, null, load);
  return (
    <form {...form} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="postId" value={id} />
      <PendingButton
        name="intent"
        value={viewerHasBookmarked ? 'remove' : 'bookmark'}
        className={styles.button}
        aria-pressed={viewerHasBookmarked}
        title={t('bookmark')}
        pending={pending}
      >
        <BookmarkIcon put={viewerHasBookmarked} />
        <span className="visually-hidden">{t('bookmark')}</span>
      </PendingButton>
    </form>
  );
}
