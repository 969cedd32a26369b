'use client';

import { useEffect, useRef } from 'react';
import { useTexts } from '#texts';
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
  const t = useTexts('comments');
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
        <summary>{t('changeComment')}</summary>
        <form ref={form} {...sent} className={styles.form}>
          <FormMessage text={state.message} />
          <input type="hidden" name="commentId" value={id} />
          <div className={styles.field}>
            <label htmlFor={field}>{t('text')}</label>
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
              {t('save')}
            </PendingButton>
            <Confirm
              label={t.rich('delete', { hidden: (text) => <span className="visually-hidden">{text}</span> })}
              className="button danger"
              keep={t('keep')}
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
                        waiting={t('deleting')}
                      >
                        {t('deleteComment')}
                      </PendingButton>
                      {keeping}
                    </>
                  }
                >
                  <strong>{t('askDelete')}</strong> {t('placeStays')}
                </Question>
              )}
            </Confirm>
          </div>
        </form>
      </details>
      <FormStatus text={state.isSaved ? t('commentChanged') : null} />
    </>
  );
}
