import { useTexts } from '#texts';
import { BellIcon } from '../../ui/bell-icon.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { StandingFragment } from '../relationships/generated/standing.ts';
import styles from './profile-head.module.css';

const FOLLOW = {
  NONE: { intent: 'follow', label: 'follow' },
  REQUESTED: { intent: 'unfollow', label: 'withdraw' },
  FOLLOWING: { intent: 'unfollow', label: 'unfollow' },
} as const;

/** Of a form of changeRelationship the buttons that follow somebody, ring for them, and take back what is between one and them. */
export function RelationshipButtons({
  relation: { follow, bell, muting, blocking },
  pending,
}: {
  relation: NonNullable<StandingFragment['viewerRelationship']>;
  pending: boolean;
}) {
  const t = useTexts('profile');
  return (
    <>
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
          title={t('notifyMe')}
          pending={pending}
        >
          <BellIcon rung={bell} />
          <span className="visually-hidden">{t('notifyMe')}</span>
        </PendingButton>
      )}
      {muting && (
        <PendingButton name="intent" value="unmute" className="button" pending={pending}>
          {t('unmute')}
        </PendingButton>
      )}
      {blocking && (
        <PendingButton name="intent" value="unblock" className="button" pending={pending} data-takes-focus>
          {t('unblock')}
        </PendingButton>
      )}
    </>
  );
}
