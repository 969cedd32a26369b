'use client';

import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '#texts';
import { useLive } from '../../graph/use-live.ts';
import { useCountInTitle } from '../../ui/count-in-title.ts';
import { NavItem } from '../../ui/nav-item.tsx';
import { MessagesIcon } from './messages-icon.tsx';

const mostShown = 20;

/** The way to the messages, with how many conversations have something unread: beside it, in the page's title, and said when it changes. */
export function MessagesLink({
  unread: first,
}: {
  /** Null: it could not be told in time, and the graph tells it. */
  unread: number | null;
}) {
  const t = useTexts('shell');
  const [known, setKnown] = useState(first ?? 0);
  if (first !== null && first !== known) setKnown(first);
  const unread = useLive(known, async () => (await import('./live-chat.ts')).followUnread);
  const isCurrent = usePathname().startsWith('/messages');
  useCountInTitle('conversations', unread);
  const count = unread >= mostShown ? `${mostShown}+` : String(unread);
  return (
    <>
      <NavItem
        href="/messages"
        label={t('messages')}
        icon={<MessagesIcon on={isCurrent} size={22} />}
        unread={unread > 0 ? count : ''}
        hasPages
      />
      <span role="status" className="visually-hidden">
        {unread > 0 && t('unreadConversations', { unread, count })}
      </span>
    </>
  );
}
