'use client';

import { useEffect, useRef } from 'react';
import { emptyForm } from '../../forms/form-state.ts';
import { useChange } from '../../graph/use-change.ts';
import { Confirm, Question } from '../../ui/confirm.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import look from '../moderation/moderate-form.module.css';
import { changeCommentAction } from './change-comment.action.ts';
import comments from './comments.module.css';
import { close } from './reply-form.tsx';

const load = async () => (await import('./change-comment.ts')).changeComment;

/** Lets the author of a comment change its text or delete it; it works without JavaScript too. */
export function ChangeComment({ id, text }: { id: string; text: string }) {
  const {
    state,
    pending,
    form: sent,
  } = useChange(changeCommentAction, { ...emptyForm, isSaved: false }, load);
  const form = useFaultFocus(state);
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (state.isSaved) close(box.current);
  }, [state]);
  const { text: fault } = state.fields;
  const field = `text-${id}`;
  return (
    <>
      <details ref={box} className={comments.reply} open={state.message !== null || fault !== undefined}>
        <summary>Change this comment</summary>
        <form ref={form} {...sent} className={styles.form}>
          <FormMessage text={state.message} />
          <input type="hidden" name="commentId" value={id} />
          <div className={styles.field}>
            <label htmlFor={field}>Text</label>
            <textarea
              id={field}
              name="text"
              rows={3}
              dir="auto"
              required
              // Anew with another text: what is typed stays while others of the page change.
              key={state.values.text ?? text}
              defaultValue={state.values.text ?? text}
              aria-invalid={fault ? true : undefined}
              aria-describedby={fault ? `${field}-fault` : undefined}
            />
            {fault && (
              <p id={`${field}-fault`} className={styles.fault}>
                {fault}
              </p>
            )}
          </div>
          <div className={look.actions}>
            <PendingButton name="intent" value="save" className="button primary" pending={pending}>
              Save
            </PendingButton>
            <Confirm
              label={
                <>
                  Delete<span className="visually-hidden"> this comment</span>
                </>
              }
              className="button danger"
              keep="Keep it"
            >
              {(keeping) => (
                <Question
                  answers={
                    <>
                      <PendingButton
                        name="intent"
                        value="delete"
                        formNoValidate
                        className="button danger"
                        pending={pending}
                        waiting="Deleting…"
                      >
                        Delete the comment
                      </PendingButton>
                      {keeping}
                    </>
                  }
                >
                  <strong>Delete this comment?</strong> Its place and its replies stay, and nothing brings it
                  back.
                </Question>
              )}
            </Confirm>
          </div>
        </form>
      </details>
      <FormStatus text={state.isSaved ? 'The comment is changed.' : null} />
    </>
  );
}
