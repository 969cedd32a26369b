'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import styles from '../../ui/rows.module.css';
import { changeRelationship } from './change-relationship.action.ts';
import type { MutedPersonFragment } from './generated/documents.ts';
import { MuteForm } from './mute-form.tsx';
import { MuteTerms } from './mute-terms.tsx';

/** Somebody who is muted, how, and the ways to change and to end it. */
export function MutedPerson({ person }: { person: MutedPersonFragment }) {
  const t = useTexts('relationships');
  const [fault, action, pending] = useActionState(changeRelationship, null);
  const { mutedUntil = null, mutingNotifications = true } = person.viewerRelationship ?? {};
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <PersonName person={person} />
        <p className={styles.meta}>
          {t.rich('mutedTerms', {
            terms: () => <MuteTerms mutedUntil={mutedUntil} mutingNotifications={mutingNotifications} />,
          })}
        </p>
        <FormMessage text={fault} />
        <MuteForm
          userId={person.id}
          name={person.displayName}
          muting
          mutedUntil={mutedUntil}
          mutingNotifications={mutingNotifications}
        />
      </div>
      <form action={action}>
        <input type="hidden" name="userId" value={person.id} />
        <PendingButton name="intent" value="unmute" className="button" pending={pending}>
          {t('unmute')}
          <span className="visually-hidden"> {person.displayName}</span>
        </PendingButton>
      </form>
    </li>
  );
}
