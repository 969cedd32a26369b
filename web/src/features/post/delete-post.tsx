'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { Confirm, Question } from '../../ui/confirm.tsx';
import { FormMessage } from '../../ui/form-message.tsx';
import styles from '../../ui/menu.module.css';
import { PendingButton } from '../../ui/pending-button.tsx';
import { deletePostAction } from './delete-post.action.ts';
import { deletedPosts } from './deleted-posts.ts';

const load = async () => (await import('./delete-post.ts')).deletePost;

/** Deletes a post once that is confirmed; `isItsPage` says that nothing is left where one is then. */
export function DeletePost({
  postId,
  isItsPage,
  onDeleted,
}: {
  postId: string;
  isItsPage: boolean;
  onDeleted: () => void;
}) {
  const t = useTexts('post');
  const router = useRouter();
  const { state, pending, form } = useChange(deletePostAction, { fault: null, isDeleted: false }, load);
  const end = useEffectEvent(() => {
    deletedPosts.add(postId);
    if (isItsPage) router.replace('/');
    else onDeleted();
  });
  useEffect(() => {
    if (state.isDeleted) end();
  }, [state.isDeleted]);
  return (
    <Confirm label={t('delete')} className={`${styles.item} ${styles.danger}`} keep={t('keep')}>
      {(keeping) => (
        <form {...form}>
          <FormMessage text={state.fault} />
          <input type="hidden" name="postId" value={postId} />
          <Question
            answers={
              <>
                <PendingButton className="button danger" pending={pending} waiting={t('deleting')}>
                  {t('deletePost')}
                </PendingButton>
                {keeping}
              </>
            }
          >
            <strong>{t('askDelete')}</strong> {t('whatGoes')}
          </Question>
        </form>
      )}
    </Confirm>
  );
}
