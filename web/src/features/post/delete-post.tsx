'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useId } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import { PendingButton } from '../../components/pending-button.tsx';
import { useChange } from '../../graph/use-change.ts';
import { deletePostAction } from './delete-post.action.ts';
import { deletedPosts } from './deleted-posts.ts';
import styles from './post-menu.module.css';

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
  const id = useId();
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
    <>
      <button type="button" popoverTarget={id} className={`${styles.item} ${styles.danger}`}>
        Delete
      </button>
      <div id={id} popover="auto" className={styles.confirm}>
        <form {...form}>
          <FormMessage text={state.fault} />
          <p>
            <strong>Delete this post?</strong> Its comments and reposts go with it, and nothing brings it
            back.
          </p>
          <input type="hidden" name="postId" value={postId} />
          <p className={styles.actions}>
            <PendingButton className="button danger" pending={pending} waiting="Deleting…">
              Delete the post
            </PendingButton>
            <button type="button" className="button" popoverTarget={id} popoverTargetAction="hide">
              Keep it
            </button>
          </p>
        </form>
      </div>
    </>
  );
}
