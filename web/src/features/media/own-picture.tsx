'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { changeMedia } from './change-media.action.ts';
import look from './own-picture.module.css';

/** Says what a picture shows, and deletes it; it works without JavaScript too. */
export function OwnPicture(props: { postId: string; mediaId: string; altText: string; name: string }) {
  const t = useTexts('uploads');
  const { postId, mediaId, altText, name } = props;
  const [state, action, pending] = useActionState(changeMedia, { ...emptyForm, saved: false });
  const form = useFaultFocus(state);
  const id = `alt-${mediaId}`;
  const fault = state.fields.altText;
  return (
    <details className={look.box} open={state.message !== null || fault !== undefined || state.saved}>
      <summary>{t('describeOrDelete', { name })}</summary>
      <FormStatus text={state.saved ? t('descriptionSaved') : null} />
      <form ref={form} action={action} className={styles.form}>
        <FormMessage text={state.message} />
        <input type="hidden" name="postId" value={postId} />
        <input type="hidden" name="mediaId" value={mediaId} />
        <div className={styles.field}>
          <label htmlFor={id}>{t('description')}</label>
          <textarea
            id={id}
            name="altText"
            rows={3}
            dir="auto"
            className={look.text}
            defaultValue={state.values.altText ?? altText}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? `${id}-fault ${id}-hint` : `${id}-hint`}
          />
          {fault && (
            <p id={`${id}-fault`} className={styles.fault}>
              {fault}
            </p>
          )}
          <p id={`${id}-hint`} className={styles.hint}>
            {t('descriptionHint')}
          </p>
        </div>
        <p>
          <PendingButton name="intent" value="describe" className="button primary" pending={pending}>
            {t('save')}
          </PendingButton>
        </p>
        <div className={look.removal}>
          <p id={`${id}-deleting`} className={styles.hint}>
            {t('deleteHint')}
          </p>
          <PendingButton
            name="intent"
            value="delete"
            className="button danger"
            aria-describedby={`${id}-deleting`}
            pending={pending}
          >
            {t('delete', { name })}
          </PendingButton>
        </div>
      </form>
    </details>
  );
}
