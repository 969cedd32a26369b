'use client';

import type { Outbox, Waiting, WaitingPost } from './outbox.ts';
import styles from './outbox-list.module.css';

/** What waits for a connection, or was refused when there was one. */
export function OutboxList(props: {
  outbox: Outbox;
  waiting: Waiting;
  /** Puts a post back into the form. */
  onEdit: (post: WaitingPost) => void;
  onRemoved: () => void;
}) {
  const { outbox, waiting, onEdit, onRemoved } = props;
  if (waiting.posts.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="outbox-title">
      <h3 id="outbox-title" className={styles.title}>
        Waiting to be sent
      </h3>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none. */}
      <ol role="list" className={styles.list}>
        {waiting.posts.map((post) => (
          <li key={post.id} className={styles.post}>
            <p className={styles.text} dir="auto">
              {post.text || 'Pictures alone'}
            </p>
            <Status post={post} isSending={post.id === waiting.sendingId} />
            {post.id !== waiting.sendingId && (
              <p className={styles.actions}>
                {post.fault !== null && (
                  <button
                    type="button"
                    className={styles.action}
                    onClick={() => void outbox.setFault(post.id, null)}
                  >
                    Try again
                  </button>
                )}
                <button type="button" className={styles.action} onClick={() => onEdit(post)}>
                  Edit
                </button>
                <button
                  type="button"
                  className={styles.action}
                  onClick={() => void outbox.remove(post.id).then(onRemoved)}
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

function Status({ post, isSending }: { post: WaitingPost; isSending: boolean }) {
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
      {isSending ? `It is being sent${pictures}.` : `It is sent${pictures} as soon as there is a connection.`}
    </p>
  );
}
