'use client';

import { useActionState } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { Person } from '../../ui/person.ts';
import { PersonName } from '../../ui/person-name.tsx';
import styles from '../../ui/rows.module.css';
import { changeRelationship } from './change-relationship.action.ts';

/** Somebody who is blocked, and the way to end it. */
export function BlockedPerson({ person }: { person: Person }) {
  const t = useTexts('relationships');
  const [fault, action, pending] = useActionState(changeRelationship, null);
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <PersonName person={person} />
        <FormMessage text={fault} />
      </div>
      <form action={action}>
        <input type="hidden" name="userId" value={person.id} />
        <PendingButton name="intent" value="unblock" className="button" pending={pending}>
          {t('unblock')}
          <span className="visually-hidden"> {person.displayName}</span>
        </PendingButton>
      </form>
    </li>
  );
}
