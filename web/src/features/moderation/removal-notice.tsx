import { useTexts } from '#texts';
import styles from './removal-notice.module.css';

/** Tells an author, and moderators, that something was removed, and why. */
export function RemovalNotice({ removal, what }: { removal: { reason: string }; what: 'post' | 'comment' }) {
  const t = useTexts('post');
  return (
    <div className={styles.removal}>
      <p>
        <strong>{what === 'post' ? t('removedPost') : t('removedComment')}</strong> {t('nobodyElseSees')}
      </p>
      <p>
        {t('theirReason')} <bdi>{removal.reason}</bdi>
      </p>
    </div>
  );
}
