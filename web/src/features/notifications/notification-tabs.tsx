import Link from 'next/link';
import { useTexts } from '#texts';
import tabs from '../../ui/tabs.module.css';
import { NOTIFICATION_FILTERS, type NotificationFilter, notificationsPath } from './notification-filter.ts';

const NAMES = {
  mentions: 'showMentions',
  answers: 'showAnswers',
  reactions: 'showReactions',
  follows: 'showFollows',
  posts: 'showPosts',
} as const satisfies Record<NotificationFilter, string>;

/** The list, whole and of one kind alone. */
export function NotificationTabs({ filter }: { filter: NotificationFilter | null }) {
  const t = useTexts('notifications');
  return (
    <nav aria-label={t('whichNotifications')} className={tabs.tabs}>
      {[null, ...NOTIFICATION_FILTERS].map((one) => (
        <Link
          key={one ?? 'all'}
          href={notificationsPath(one)}
          className={tabs.tab}
          prefetch={false}
          aria-current={one === filter ? 'page' : undefined}
        >
          {t(one === null ? 'showAll' : NAMES[one])}
        </Link>
      ))}
    </nav>
  );
}
