'use client';

import { useTexts } from '#texts';
import { removeWaiting, retryWaiting } from '../outbox/outbox.ts';
import styles from '../outbox/waiting-list.module.css';
import type { WaitingPost } from './waiting-posts.ts';

/** What waits for a connection, or was refused when there was one. */
export function OutboxList(props: {
  posts: readonly WaitingPost[];
  /** Puts a post back into the form. */
  onEdit: (post: WaitingPost) => void;
  onRemoved: () => void;
}) {
  const t = useTexts('composer');
  const { posts, onEdit, onRemoved } = props;
  if (posts.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="outbox-title">
      <h3 id="outbox-title" className={styles.title}>
        {t('waitingBeSent')}
      </h3>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none. */}
      <ol role="list" className={styles.list}>
        {posts.map((post) => (
          <li key={post.key} className={styles.post}>
            <p className={styles.text} dir="auto">
              {post.text || t('picturesAlone')}
            </p>
            <Status post={post} />
            {post.state !== 'sending' && (
              <p className={styles.actions}>
                {post.fault !== null && (
                  <button type="button" className={styles.action} onClick={() => retryWaiting(post)}>
                    {t('tryAgain')}
                  </button>
                )}
                <button type="button" className={styles.action} onClick={() => onEdit(post)}>
                  {t('edit')}
                </button>
                <button
                  type="button"
                  className={styles.action}
                  onClick={() => {
                    removeWaiting(post.key);
                    onRemoved();
                  }}
                >
                  {t('delete')}
                </button>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Status({ post }: { post: WaitingPost }) {
  const t = useTexts('composer');
  if (post.fault !== null)
    return (
      <p role="alert" className={styles.fault}>
        {post.fault}
      </p>
    );
  const n = post.pictures.length;
  return (
    <p className={styles.status}>
      {post.state === 'sending' ? t('beingSent', { n }) : t('sentAsSoonAs', { n })}
    </p>
  );
}
