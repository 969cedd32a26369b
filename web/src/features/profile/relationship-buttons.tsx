'use client';

import { useActionState } from 'react';
import { BellIcon } from '../../ui/bell-icon.tsx';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeRelationship } from '../relationships/change-relationship.action.ts';
import styles from './profile-head.module.css';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'Follow' },
  REQUESTED: { intent: 'unfollow', label: 'Withdraw the request' },
  FOLLOWING: { intent: 'unfollow', label: 'Unfollow' },
} as const;

/** Follows, rings for and blocks somebody, takes it back, unmutes, and ends that they follow; it works without JavaScript too. */
export function RelationshipButtons({
  userId,
  follow,
  followedBy,
  bell,
  muting,
  blocking,
}: {
  userId: string;
  follow: keyof typeof FOLLOW | null;
  followedBy: boolean;
  bell: boolean;
  muting: boolean;
  blocking: boolean;
}) {
  const [fault, action, pending] = useActionState(changeRelationship, null);
  return (
    <form action={action} className={styles.actions}>
      <FormMessage text={fault} />
      <input type="hidden" name="userId" value={userId} />
      {follow !== null && !blocking && (
        <PendingButton
          name="intent"
          value={FOLLOW[follow].intent}
          className={follow === 'NONE' ? 'button primary' : 'button'}
          pending={pending}
        >
          {FOLLOW[follow].label}
        </PendingButton>
      )}
      {follow === 'FOLLOWING' && !blocking && (
        <PendingButton
          name="intent"
          value={bell ? 'silence' : 'ring'}
          className={`button ${styles.bell}`}
          aria-pressed={bell}
          pending={pending}
        >
          <BellIcon rung={bell} />
          Notify me<span className="visually-hidden"> of posts</span>
        </PendingButton>
      )}
      {followedBy && (
        <PendingButton name="intent" value="remove" className="button" pending={pending}>
          Remove follower
        </PendingButton>
      )}
      {muting && (
        <PendingButton name="intent" value="unmute" className="button" pending={pending}>
          Unmute
        </PendingButton>
      )}
      <PendingButton
        name="intent"
        value={blocking ? 'unblock' : 'block'}
        className={blocking ? 'button' : 'button danger'}
        pending={pending}
      >
        {blocking ? 'Unblock' : 'Block'}
      </PendingButton>
    </form>
  );
}
