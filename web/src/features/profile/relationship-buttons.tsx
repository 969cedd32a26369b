'use client';

import type { FragmentType } from '@apollo/client';
import { useRouter } from 'next/navigation';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { usePart } from '../../graph/use-part.ts';
import { BellIcon } from '../../ui/bell-icon.tsx';
import { FormMessage } from '../../ui/form-message.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { BlockButton } from '../relationships/block-button.tsx';
import { changeRelationship } from '../relationships/change-relationship.action.ts';
import { type StandingFragment, StandingFragmentDoc } from '../relationships/generated/standing.ts';
import { whenDone } from '../relationships/when-done.ts';
import styles from './profile-head.module.css';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'follow' },
  REQUESTED: { intent: 'unfollow', label: 'withdraw' },
  FOLLOWING: { intent: 'unfollow', label: 'unfollow' },
} as const;

/** Follows, rings for and blocks somebody, takes it back, unmutes, and ends that they follow; it works without JavaScript too. */
export function RelationshipButtons({ name, part }: { name: string; part: FragmentType<StandingFragment> }) {
  const t = useTexts('profile');
  const router = useRouter();
  const { id, viewerRelationship: relation } = usePart(StandingFragmentDoc, part);
  const {
    state: fault,
    pending,
    form,
  } = useChange(changeRelationship, null, async () =>
    // What one may read of them is another page's then.
    whenDone((await import('../relationships/change-relationship.ts')).changeRelationship, () =>
      router.refresh(),
    ),
  );
  if (!relation) return null;
  const { follow, followedBy, bell, muting, blocking } = relation;
  return (
    <form {...form} className={styles.actions}>
      <FormMessage text={fault} />
      <input type="hidden" name="userId" value={id} />
      {!blocking && (
        <PendingButton
          name="intent"
          value={FOLLOW[follow].intent}
          className={follow === 'NONE' ? 'button primary' : 'button'}
          pending={pending}
        >
          {t(FOLLOW[follow].label)}
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
          {t.rich('notifyMe', { hidden: (text) => <span className="visually-hidden">{text}</span> })}
        </PendingButton>
      )}
      {followedBy && (
        <PendingButton name="intent" value="remove" className="button" pending={pending}>
          {t('removeFollower')}
        </PendingButton>
      )}
      {muting && (
        <PendingButton name="intent" value="unmute" className="button" pending={pending}>
          {t('unmute')}
        </PendingButton>
      )}
      {blocking ? (
        <PendingButton name="intent" value="unblock" className="button" pending={pending} data-takes-focus>
          {t('unblock')}
        </PendingButton>
      ) : (
        <BlockButton name={name} label={t('block')} className="button danger" pending={pending} />
      )}
    </form>
  );
}
