'use client';

import { useActionState } from 'react';
import { FormMessage } from '../../components/form-message.tsx';
import { PendingButton } from '../../components/pending-button.tsx';
import { changeRepost } from './change-repost.action.ts';
import { RepostIcon } from './repost-icon.tsx';
import styles from './toggle-button.module.css';

/** Reposts a post, says how many do, and takes it back; it works without JavaScript too. */
export function RepostButton({ postId, ...shown }: { postId: string; reposted: boolean; count: number }) {
  const [outcome, action, pending] = useActionState(changeRepost, null);
  // Posts that were appended in place are not made anew with the page.
  const now = outcome?.now?.reposted === !shown.reposted ? outcome.now : shown;
  return (
    <form action={action} className={styles.form}>
      <FormMessage text={outcome?.fault ?? null} />
      <input type="hidden" name="postId" value={postId} />
      <PendingButton
        name="intent"
        value={now.reposted ? 'undo' : 'repost'}
        className={`button ${styles.button}`}
        aria-pressed={now.reposted}
        pending={pending}
      >
        <RepostIcon />
        Repost
        {now.count > 0 && <span>{now.count.toLocaleString('en')}</span>}
      </PendingButton>
    </form>
  );
}
