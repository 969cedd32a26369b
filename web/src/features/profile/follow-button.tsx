'use client';

import { useActionState } from 'react';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeRelationship } from '../relationships/change-relationship.action.ts';
import type { FollowState } from './generated/documents.ts';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'Follow' },
  REQUESTED: { intent: 'unfollow', label: 'Withdraw the request to' },
  FOLLOWING: { intent: 'unfollow', label: 'Unfollow' },
} as const;

/** Follows somebody of a list, asks to, or takes it back; it works without JavaScript too. */
export function FollowButton({
  userId,
  name,
  follow,
}: {
  userId: string;
  name: string;
  follow: FollowState;
}) {
  const [fault, action, pending] = useActionState(changeRelationship, null);
  const { intent, label } = FOLLOW[follow];
  return (
    <form action={action}>
      <input type="hidden" name="userId" value={userId} />
      <PendingButton
        name="intent"
        value={intent}
        className={follow === 'NONE' ? 'button primary' : 'button'}
        aria-label={`${label} ${name}`}
        pending={pending}
      >
        {follow === 'REQUESTED' ? 'Requested' : label}
      </PendingButton>
      <FormMessage text={fault} />
    </form>
  );
}
