'use client';

import { useActionState } from 'react';
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
    summary: 'Moderate this post',
    take: 'Remove the post',
    back: 'Bring the post back',
    taken: 'The post is removed, and its author is told why.',
    given: 'The post is back.',
  },
  comment: {
    summary: 'Moderate this comment',
    take: 'Remove the comment',
    back: 'Bring the comment back',
    taken: 'The comment is removed, and its author is told why.',
    given: 'The comment is back.',
  },
  account: {
    summary: 'Moderate this account',
    take: 'Suspend the account',
    back: 'Reinstate the account',
    taken: 'The account is suspended.',
    given: 'The account is reinstated.',
  },
};

/** What moderators can do to a post, a comment or an account; it works without JavaScript too. */
export function ModerateForm({ what, id }: { what: keyof typeof TEXTS; id: string }) {
  const [state, action, pending] = useActionState(moderate, { ...emptyForm, done: null });
  const form = useFaultFocus(state);
  const texts = TEXTS[what];
  const status = state.done && (state.done === 'taken' ? texts.taken : texts.given);
  return (
    <details className={look.box} open={state.message !== null || Object.keys(state.fields).length > 0}>
      <summary>{texts.summary}</summary>
      <FormStatus text={status} />
      <form ref={form} action={action} className={styles.form}>
        <FormMessage text={state.message} />
        <input type="hidden" name="what" value={what} />
        <input type="hidden" name="id" value={id} />
        <Field
          name="reason"
          scope={`${what}-${id}`}
          label="Reason"
          autoComplete="off"
          value={state.values.reason}
          fault={state.fields.reason}
          hint="The person concerned reads it."
        />
        <p className={look.actions}>
          <PendingButton name="intent" value="take" className="button danger" pending={pending}>
            {texts.take}
          </PendingButton>
          <PendingButton name="intent" value="give-back" formNoValidate className="button" pending={pending}>
            {texts.back}
          </PendingButton>
        </p>
      </form>
    </details>
  );
}
