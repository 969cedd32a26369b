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
  const t = useTexts('profile');
  const [state, action, pending] = useActionState(updateProfile, { ...emptyForm, saved: false });
  const form = useFaultFocus(state);
  const fault = state.fields.bio;
  const wasPrivate = state.values.isPrivate === undefined ? isPrivate : state.values.isPrivate !== '';
  return (
    <>
      <FormStatus text={state.saved ? t('profileSaved') : null} />
      <form ref={form} action={action} className={styles.form}>
        <FormMessage text={state.message} />
        <Field
          name="displayName"
          label={t('name')}
          autoComplete="name"
          value={state.values.displayName ?? displayName}
          fault={state.fields.displayName}
          hint={t('nameHint')}
        />
        <div className={styles.field}>
          <label htmlFor="bio">
            {t('about')}
            <span className={styles.optional}> {t('optional')}</span>
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
            {t('bioHint')}
          </p>
        </div>
        <fieldset className={look.privacy}>
          <legend>{t('whoReads')}</legend>
          <label className={look.choice}>
            <input
              type="checkbox"
              name="isPrivate"
              defaultChecked={wasPrivate}
              aria-describedby="private-hint"
            />
            {t('privateAccount')}
          </label>
          <p id="private-hint" className={styles.hint}>
            {t('privateHint')}
          </p>
        </fieldset>
        <p>
          <PendingButton className="button primary" pending={pending} waiting={t('saving')}>
            {t('save')}
          </PendingButton>
        </p>
      </form>
    </>
  );
}
