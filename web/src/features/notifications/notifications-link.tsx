'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { BellIcon } from '../../components/bell-icon.tsx';
import { useLive } from '../../graph/use-live.ts';
import { NavItem } from '../../ui/nav-item.tsx';

const mostShown = 99;
const shownCount = (unread: number) => (unread > mostShown ? `${mostShown}+` : String(unread));

/** The way to the notifications, with how many are unread: beside it, in the page's title, and said when it changes. */
export function NotificationsLink({ unread: first }: { unread: number }) {
  const unread = useLive(first, async () => (await import('./live-notifications.ts')).followUnread);
  const isCurrent = usePathname() === '/notifications';
  useCountInTitle(unread);
  return (
    <>
      <NavItem
        href="/notifications"
        label="Notifications"
        icon={<BellIcon rung={isCurrent} size={22} />}
        unread={unread > 0 ? shownCount(unread) : ''}
      />
      <span role="status" className="visually-hidden">
        {unread > 0 && `${unread} unread notifications`}
      </span>
    </>
  );
}

/** Next writes the title of each page anew. */
function useCountInTitle(unread: number): void {
  useEffect(() => {
    const show = () => {
      const title = document.title.replace(/^\(\d+\+?\) /, '');
      const wanted = unread > 0 && title !== '' ? `(${shownCount(unread)}) ${title}` : title;
      if (document.title !== wanted) document.title = wanted;
    };
    show();
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [unread]);
}
