'use client';

import { usePathname } from 'next/navigation';
import { MessagesIcon } from '../../components/messages-icon.tsx';
import { NavItem } from '../../ui/nav-item.tsx';

const mostShown = 20;

/** The way to the messages, with how many conversations have something unread. */
export function MessagesLink({ unread }: { unread: number }) {
  const isCurrent = usePathname().startsWith('/messages');
  const count = unread >= mostShown ? `${mostShown}+` : String(unread);
  return (
    <NavItem
      href="/messages"
      label="Messages"
      icon={<MessagesIcon on={isCurrent} size={22} />}
      unread={unread > 0 ? count : ''}
      hasPages
    />
  );
}
