'use client';

import { type ReactNode, useActionState } from 'react';
import { useTexts } from '#texts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { Person } from '../../ui/person.ts';
import { PersonName } from '../../ui/person-name.tsx';
import styles from '../../ui/rows.module.css';
import { changeRelationship } from './change-relationship.action.ts';

/** Somebody who asks to follow, and both answers. */
export function FollowRequest({ person }: { person: Person }) {
  const t = useTexts('relationships');
  const [fault, action, pending] = useActionState(changeRelationship, null);
  const whose = {
    name: person.displayName,
    hidden: (text: ReactNode) => <span className="visually-hidden">{text}</span>,
  };
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <PersonName person={person} />
        <FormMessage text={fault} />
      </div>
      <form action={action} className={styles.answers}>
        <input type="hidden" name="userId" value={person.id} />
        <PendingButton name="intent" value="accept" className="button primary" pending={pending}>
          {t.rich('accept', whose)}
        </PendingButton>
        <PendingButton name="intent" value="reject" className="button" pending={pending}>
          {t.rich('reject', whose)}
        </PendingButton>
      </form>
    </li>
  );
}
