'use client';

import { useActionState } from 'react';
import { changeRelationship } from '../actions/change-relationship.ts';
import { FormMessage } from './form-message.tsx';
import styles from './profile-head.module.css';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'Follow' },
  REQUESTED: { intent: 'unfollow', label: 'Withdraw the request' },
  FOLLOWING: { intent: 'unfollow', label: 'Unfollow' },
} as const;

/** Follows and blocks somebody, and takes it back; it works without JavaScript too. */
export function RelationshipButtons({
  userId,
  follow,
  blocking,
}: {
  userId: string;
  follow: keyof typeof FOLLOW | null;
  blocking: boolean;
}) {
  const [fault, action, pending] = useActionState(changeRelationship, null);
  return (
    <form action={action} className={styles.actions}>
      <FormMessage text={fault} />
      <input type="hidden" name="userId" value={userId} />
      {follow !== null && !blocking && (
        <button
          type="submit"
          name="intent"
          value={FOLLOW[follow].intent}
          className={follow === 'NONE' ? 'button primary' : 'button'}
          disabled={pending}
        >
          {FOLLOW[follow].label}
        </button>
      )}
      <button
        type="submit"
        name="intent"
        value={blocking ? 'unblock' : 'block'}
        className={blocking ? 'button' : 'button danger'}
        disabled={pending}
      >
        {blocking ? 'Unblock' : 'Block'}
      </button>
    </form>
  );
}
