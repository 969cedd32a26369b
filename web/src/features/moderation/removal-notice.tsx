import styles from './removal-notice.module.css';

/** Tells an author, and moderators, that something was removed, and why. */
export function RemovalNotice({ removal, what }: { removal: { reason: string }; what: 'post' | 'comment' }) {
  return (
    <div className={styles.removal}>
      <p>
        <strong>Moderators removed this {what}.</strong> Nobody else sees it.
      </p>
      <p>
        Their reason: <bdi>{removal.reason}</bdi>
      </p>
    </div>
  );
}
