'use client';

import { usePathname } from 'next/navigation';
import { useTexts } from '#texts';
import { useLive } from '../../graph/use-live.ts';
import { BellIcon } from '../../ui/bell-icon.tsx';
import { shownCount, useCountInTitle } from '../../ui/count-in-title.ts';
import { NavItem } from '../../ui/nav-item.tsx';

/** The way to the notifications, with how many are unread: beside it, in the page's title, and said when it changes. */
export function NotificationsLink({ unread: first }: { unread: number }) {
  const t = useTexts('shell');
  const unread = useLive(first, async () => (await import('./live-notifications.ts')).followUnread);
  const isCurrent = usePathname() === '/notifications';
  useCountInTitle('notifications', unread);
  return (
    <>
      <NavItem
        href="/notifications"
        label={t('notifications')}
        icon={<BellIcon rung={isCurrent} size={22} />}
        unread={unread > 0 ? shownCount(unread) : ''}
      />
      <span role="status" className="visually-hidden">
        {unread > 0 && t('unreadNotifications', { unread })}
      </span>
    </>
  );
}
