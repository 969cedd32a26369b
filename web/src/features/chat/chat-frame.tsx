import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import styles from './chat.module.css';

/** The list of conversations beside the one that is open; on a phone one of the two. */
export function ChatFrame({ list, children }: { list: ReactNode; children: ReactNode }) {
  const t = useTexts('chat');
  return (
    <div className={styles.frame}>
      <aside className={styles.side} aria-label={t('conversations')}>
        <div className={styles.sideHead}>
          <Link href="/messages" className={styles.sideTitle} prefetch={false}>
            {t('messages')}
          </Link>
          <Link href="/messages/new" className="button" prefetch={false}>
            {t.rich('new', { hidden: (text) => <span className="visually-hidden">{text}</span> })}
          </Link>
        </div>
        <div className={styles.sideBody}>{list}</div>
      </aside>
      <div className={styles.place}>{children}</div>
    </div>
  );
}
