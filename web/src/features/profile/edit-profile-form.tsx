'use client';

import { useActionState } from 'react';
import { emptyForm } from '../../forms/form-state.ts';
import { Field } from '../../ui/field.tsx';
import styles from '../../ui/form.module.css';
import { FormMessage } from '../../ui/form-message.tsx';
import { FormStatus } from '../../ui/form-status.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useFaultFocus } from '../../ui/use-fault-focus.ts';
import look from './edit-profile.module.css';
import { updateProfile } from './update-profile.action.ts';

/** How one is seen, and by whom; it works without JavaScript too. */
export function EditProfileForm({
  displayName,
  bio,
  isPrivate,
}: {
  displayName: string;
  bio: string;
  isPrivate: boolean;
}) {
  const [state, action, pending] = useActionState(updateProfile, { ...emptyForm, saved: false });
  const form = useFaultFocus(state);
  const fault = state.fields.bio;
  const wasPrivate = state.values.isPrivate === undefined ? isPrivate : state.values.isPrivate !== '';
  return (
    <>
      <FormStatus text={state.saved ? 'Your profile is saved.' : null} />
      <form ref={form} action={action} className={styles.form}>
        <FormMessage text={state.message} />
        <Field
          name="displayName"
          label="Name"
          autoComplete="name"
          value={state.values.displayName ?? displayName}
          fault={state.fields.displayName}
          hint="How people see you: up to 50 characters."
        />
        <div className={styles.field}>
          <label htmlFor="bio">
            About you<span className={styles.optional}> (optional)</span>
          </label>
          <textarea
            id="bio"
            name="bio"
            rows={4}
            dir="auto"
            className={look.bio}
            defaultValue={state.values.bio ?? bio}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? 'bio-fault bio-hint' : 'bio-hint'}
          />
          {fault && (
            <p id="bio-fault" className={styles.fault}>
              {fault}
            </p>
          )}
          <p id="bio-hint" className={styles.hint}>
            Up to 500 characters. People you @mention and #hashtags become links.
          </p>
        </div>
        <fieldset className={look.privacy}>
          <legend>Who reads you</legend>
          <label className={look.choice}>
            <input
              type="checkbox"
              name="isPrivate"
              defaultChecked={wasPrivate}
              aria-describedby="private-hint"
            />
            Private account
          </label>
          <p id="private-hint" className={styles.hint}>
            You choose who follows you, and only they read your posts and see whom you follow. Those who
            follow you now stay. When you switch it off, whoever waits for your answer follows you.
          </p>
        </fieldset>
        <p>
          <PendingButton className="button primary" pending={pending} waiting="Saving…">
            Save
          </PendingButton>
        </p>
      </form>
    </>
  );
}
