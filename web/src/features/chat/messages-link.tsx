'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { MessagesIcon } from '../../components/messages-icon.tsx';
import styles from '../notifications/notifications.module.css';

const mostShown = 20;

/** The way to the messages, with how many conversations have something unread. */
export function MessagesLink({ unread }: { unread: number }) {
  const isCurrent = usePathname().startsWith('/messages');
  const count = unread >= mostShown ? `${mostShown}+` : String(unread);
  return (
    <Link
      href="/messages"
      className={styles.link}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <span className="visually-hidden">Messages{unread > 0 && `, ${count} unread`}</span>
      <MessagesIcon on={isCurrent} />
      {unread > 0 && (
        <span className={styles.badge} aria-hidden="true">
          {count}
        </span>
      )}
    </Link>
  );
}
