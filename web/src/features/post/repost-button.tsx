'use client';

import type { FragmentType } from '@apollo/client';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { usePart } from '../../graph/use-part.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { useNumbers } from '../../ui/numbers.ts';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeRepostAction } from './change-repost.action.ts';
import { type RepostButtonFragment, RepostButtonFragmentDoc } from './generated/repost-button.ts';
import { RepostIcon } from './repost-icon.tsx';
import styles from './toggle-button.module.css';

const load = async () => (await import('./change-repost.ts')).changeRepost;

/** Reposts a post, says how many do, and takes it back; it works without JavaScript too. */
export function RepostButton({ part }: { part: FragmentType<RepostButtonFragment> }) {
  const t = useTexts('post');
  const numbers = useNumbers();
  const post = usePart(RepostButtonFragmentDoc, part);
  const { state: fault, pending, form } = useChange(changeRepostAction, null, load);
  const { viewerHasReposted: isReposted, repostCount } = post;
  return (
    <form {...form} className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="postId" value={post.id} />
      <PendingButton
        name="intent"
        value={isReposted ? 'undo' : 'repost'}
        className={styles.button}
        aria-pressed={isReposted}
        pending={pending}
      >
        <RepostIcon done={isReposted} />
        <span className={styles.label}>{t('repost')}</span>
        {repostCount > 0 && <span>{numbers(repostCount)}</span>}
      </PendingButton>
    </form>
  );
}
