import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from './chat.module.css';

/** The list of conversations beside the one that is open; on a phone one of the two. */
export function ChatFrame({ list, children }: { list: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <aside className={styles.side} aria-label="Conversations">
        <div className={styles.sideHead}>
          <Link href="/messages" className={styles.sideTitle} prefetch={false}>
            Messages
          </Link>
          <Link href="/messages/new" className="button" prefetch={false}>
            New<span className="visually-hidden"> message</span>
          </Link>
        </div>
        <div className={styles.sideBody}>{list}</div>
      </aside>
      <div className={styles.place}>{children}</div>
    </div>
  );
}
