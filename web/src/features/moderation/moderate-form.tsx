'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import { moderate } from './moderate.action.ts';
import look from './moderate-form.module.css';

const TEXTS = {
  post: {
    summary: 'moderatePost',
    take: 'removePost',
    back: 'restorePost',
    taken: 'postTaken',
    given: 'postBack',
  },
  comment: {
    summary: 'moderateComment',
    take: 'removeComment',
    back: 'restoreComment',
    taken: 'commentTaken',
    given: 'commentBack',
  },
  account: {
    summary: 'moderateAccount',
    take: 'suspend',
    back: 'reinstate',
    taken: 'suspended',
    given: 'reinstated',
  },
} as const;

/** What moderators can do to a post, a comment or an account; it works without JavaScript too. */
export function ModerateForm({ what, id }: { what: keyof typeof TEXTS; id: string }) {
  const t = useTexts('moderation');
  const [state, action, pending] = useActionState(moderate, { ...emptyForm, done: null });
  const form = useFaultFocus(state);
  const texts = TEXTS[what];
  const status = state.done && t(state.done === 'taken' ? texts.taken : texts.given);
  return (
    <details className={look.box} open={state.message !== null || Object.keys(state.fields).length > 0}>
      <summary>{t(texts.summary)}</summary>
      <FormStatus text={status} />
      <form ref={form} action={action} className={styles.form}>
        <FormMessage text={state.message} />
        <input type="hidden" name="what" value={what} />
        <input type="hidden" name="id" value={id} />
        <Field
          name="reason"
          scope={`${what}-${id}`}
          label={t('reason')}
          autoComplete="off"
          value={state.values.reason}
          fault={state.fields.reason}
          hint={t('personConcernedReads')}
        />
        <p className={look.actions}>
          <PendingButton name="intent" value="take" className="button danger" pending={pending}>
            {t(texts.take)}
          </PendingButton>
          <PendingButton name="intent" value="give-back" formNoValidate className="button" pending={pending}>
            {t(texts.back)}
          </PendingButton>
        </p>
      </form>
    </details>
  );
}
