'use client';

import { useActionState } from 'react';
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
  const { postId, mediaId, altText, name } = props;
  const [state, action, pending] = useActionState(changeMedia, { ...emptyForm, saved: false });
  const form = useFaultFocus(state);
  const id = `alt-${mediaId}`;
  const fault = state.fields.altText;
  return (
    <details className={look.box} open={state.message !== null || fault !== undefined || state.saved}>
      <summary>Describe or delete {name}</summary>
      <FormStatus text={state.saved ? 'The description is saved.' : null} />
      <form ref={form} action={action} className={styles.form}>
        <FormMessage text={state.message} />
        <input type="hidden" name="postId" value={postId} />
        <input type="hidden" name="mediaId" value={mediaId} />
        <div className={styles.field}>
          <label htmlFor={id}>What it shows</label>
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
            For those who do not see it.
          </p>
        </div>
        <p>
          <PendingButton name="intent" value="describe" className="button primary" pending={pending}>
            Save
          </PendingButton>
        </p>
        <div className={look.removal}>
          <p id={`${id}-deleting`} className={styles.hint}>
            Deleted, it is gone for good, from every post and message.
          </p>
          <PendingButton
            name="intent"
            value="delete"
            className="button danger"
            aria-describedby={`${id}-deleting`}
            pending={pending}
          >
            Delete {name}
          </PendingButton>
        </div>
      </form>
    </details>
  );
}
