'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import { useChange } from '../../graph/use-change.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import look from '../../ui/menu.module.css';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { updatePostAction } from './update-post.action.ts';

const load = async () => (await import('./update-post.ts')).updatePost;

/** The form for the text and the content warning of one's post; then one is at the post. */
export function EditPost({ post }: { post: { id: string; text: string; contentWarning: string | null } }) {
  const t = useTexts('post');
  const router = useRouter();
  const path = `/post/${encodeURIComponent(post.id)}`;
  const { state, pending, form } = useChange(updatePostAction, { ...emptyForm, isSaved: false }, load);
  const element = useFaultFocus(state);
  const { text: fault, contentWarning: warningFault } = state.fields;
  useEffect(() => {
    if (state.isSaved) router.replace(path);
  }, [state.isSaved, router, path]);
  return (
    <form ref={element} {...form} className={`${styles.card} ${styles.form}`}>
      <FormMessage text={state.message} />
      <input type="hidden" name="postId" value={post.id} />
      <div className={styles.field}>
        <label htmlFor="text">{t('text')}</label>
        <textarea
          id="text"
          name="text"
          rows={6}
          dir="auto"
          defaultValue={state.values.text ?? post.text}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? 'text-fault text-hint' : 'text-hint'}
        />
        <p id="text-hint" className={styles.hint}>
          {t('changeIsSeen')}
        </p>
        {fault && (
          <p id="text-fault" className={styles.fault}>
            {fault}
          </p>
        )}
      </div>
      <div className={styles.field}>
        <label htmlFor="warning">
          {t('contentWarning')}
          <span className={styles.optional}> {t('optional')}</span>
        </label>
        <input
          id="warning"
          name="contentWarning"
          type="text"
          dir="auto"
          autoComplete="off"
          defaultValue={state.values.contentWarning ?? post.contentWarning ?? ''}
          aria-invalid={warningFault ? true : undefined}
          aria-describedby={warningFault ? 'warning-fault' : undefined}
        />
        {warningFault && (
          <p id="warning-fault" className={styles.fault}>
            {warningFault}
          </p>
        )}
      </div>
      <p className={look.actions}>
        <PendingButton className="button primary" pending={pending} waiting={t('saving')}>
          {t('save')}
        </PendingButton>
        <Link href={path} className="button" prefetch={false}>
          {t('leaveAs')}
        </Link>
      </p>
    </form>
  );
}
