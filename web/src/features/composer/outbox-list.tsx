'use client';

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
  const { posts, onEdit, onRemoved } = props;
  if (posts.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="outbox-title">
      <h3 id="outbox-title" className={styles.title}>
        Waiting to be sent
      </h3>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none. */}
      <ol role="list" className={styles.list}>
        {posts.map((post) => (
          <li key={post.key} className={styles.post}>
            <p className={styles.text} dir="auto">
              {post.text || 'Pictures alone'}
            </p>
            <Status post={post} />
            {post.state !== 'sending' && (
              <p className={styles.actions}>
                {post.fault !== null && (
                  <button type="button" className={styles.action} onClick={() => retryWaiting(post)}>
                    Try again
                  </button>
                )}
                <button type="button" className={styles.action} onClick={() => onEdit(post)}>
                  Edit
                </button>
                <button
                  type="button"
                  className={styles.action}
                  onClick={() => {
                    removeWaiting(post.key);
                    onRemoved();
                  }}
                >
                  Delete
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
  if (post.fault !== null)
    return (
      <p role="alert" className={styles.fault}>
        {post.fault}
      </p>
    );
  const count = post.pictures.length;
  const pictures = count === 0 ? '' : count === 1 ? ' with a picture' : ` with ${count} pictures`;
  return (
    <p className={styles.status}>
      {post.state === 'sending'
        ? `It is being sent${pictures}.`
        : `It is sent${pictures} as soon as there is a connection.`}
    </p>
  );
}
