'use client';

import type { FragmentType } from '@apollo/client';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { usePart } from '../../graph/use-part.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { changeRelationship } from '../relationships/change-relationship.action.ts';
import { type StandingFragment, StandingFragmentDoc } from '../relationships/generated/standing.ts';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'follow', whom: 'followWhom' },
  REQUESTED: { intent: 'unfollow', label: 'requested', whom: 'withdrawWhose' },
  FOLLOWING: { intent: 'unfollow', label: 'unfollow', whom: 'unfollowWhom' },
} as const;

const load = async () => (await import('../relationships/change-relationship.ts')).changeRelationship;

/** Follows somebody of a list, asks to, or takes it back; it works without JavaScript too. */
export function FollowButton({ name, part }: { name: string; part: FragmentType<StandingFragment> }) {
  const t = useTexts('profile');
  const { id, viewerRelationship: relation } = usePart(StandingFragmentDoc, part);
  const { state: fault, pending, form } = useChange(changeRelationship, null, load);
  if (!relation || relation.blocking) return null;
  const { intent, label, whom } = FOLLOW[relation.follow];
  return (
    <form {...form}>
      <input type="hidden" name="userId" value={id} />
      <PendingButton
        name="intent"
        value={intent}
        className={relation.follow === 'NONE' ? 'button primary' : 'button'}
        aria-label={t(whom, { name })}
        pending={pending}
      >
        {t(label)}
      </PendingButton>
      <FormMessage text={fault} />
    </form>
  );
}
