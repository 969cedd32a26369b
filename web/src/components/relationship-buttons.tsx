'use client';

import { useActionState } from 'react';
import { changeRelationship } from '../actions/change-relationship.ts';
import { BellIcon } from './bell-icon.tsx';
import { FormMessage } from './form-message.tsx';
import styles from './profile-head.module.css';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'Follow' },
  REQUESTED: { intent: 'unfollow', label: 'Withdraw the request' },
  FOLLOWING: { intent: 'unfollow', label: 'Unfollow' },
} as const;

/** Follows, rings for and blocks somebody, and takes it back; it works without JavaScript too. */
export function RelationshipButtons({
  userId,
  follow,
  bell,
  blocking,
}: {
  userId: string;
  follow: keyof typeof FOLLOW | null;
  bell: boolean;
  blocking: boolean;
}) {
  const [fault, action, pending] = useActionState(changeRelationship, null);
  // Not `disabled` meanwhile, which would take the focus from who works it by keyboard. Pressed twice it does the same once.
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
          aria-disabled={pending || undefined}
        >
          {FOLLOW[follow].label}
        </button>
      )}
      {follow === 'FOLLOWING' && !blocking && (
        <button
          type="submit"
          name="intent"
          value={bell ? 'silence' : 'ring'}
          className={`button ${styles.bell}`}
          aria-pressed={bell}
          aria-disabled={pending || undefined}
        >
          <BellIcon rung={bell} />
          Notify me<span className="visually-hidden"> of posts</span>
        </button>
      )}
      <button
        type="submit"
        name="intent"
        value={blocking ? 'unblock' : 'block'}
        className={blocking ? 'button' : 'button danger'}
        aria-disabled={pending || undefined}
      >
        {blocking ? 'Unblock' : 'Block'}
      </button>
    </form>
  );
}
