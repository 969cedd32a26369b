import styles from '../features/post/post-card.module.css';
import type { Removal } from '../gateway/operations.ts';

/** Tells an author, and moderators, that something was removed, and why. */
export function RemovalNotice({ removal, what }: { removal: Removal; what: 'post' | 'comment' }) {
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
