'use client';

import { useTexts } from '#texts';
import { removeWaiting, retryWaiting } from '../outbox/outbox.ts';
import { useWaiting } from '../outbox/use-waiting.ts';
import styles from '../outbox/waiting-list.module.css';
import { waitingComments } from './waiting-comments.ts';

/** What one wrote here without a connection, or was refused when there was one. */
export function WaitingCommentList({
  postId,
  parentId,
  onRemoved,
}: {
  postId: string;
  parentId: string | null;
  onRemoved: () => void;
}) {
  const t = useTexts('comments');
  const all = useWaiting(waitingComments);
  const here = all.filter((one) => one.postId === postId && one.parentId === parentId);
  if (here.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none.
    <ol role="list" className={styles.list} aria-label={t('waitingBeSent')}>
      {here.map((comment) => (
        <li key={comment.key} className={styles.post}>
          <p className={styles.text} dir="auto">
            {comment.text}
          </p>
          {comment.fault === null ? (
            <p className={styles.status}>
              {comment.state === 'sending' ? t('beingSent') : t('sentAsSoonAs')}
            </p>
          ) : (
            <p role="alert" className={styles.fault}>
              {comment.fault}
            </p>
          )}
          {comment.state !== 'sending' && (
            <p className={styles.actions}>
              {comment.fault !== null && (
                <button type="button" className={styles.action} onClick={() => retryWaiting(comment)}>
                  {t('tryAgain')}
                </button>
              )}
              <button
                type="button"
                className={styles.action}
                onClick={() => {
                  removeWaiting(comment.key);
                  onRemoved();
                }}
              >
                {t('remove')}
              </button>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
