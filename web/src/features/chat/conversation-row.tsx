import Link from 'next/link';
import { memo } from 'react';
import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { Time } from '../../ui/time.tsx';
import styles from './chat.module.css';
import { conversationName, lastLine, otherOf } from './conversation-name.ts';
import type { ConversationRowFragment } from './generated/documents.ts';
import { GroupIcon } from './group-icon.tsx';

/** A conversation in the list: who, what was said last and when, and how much of it is unread. */
export const ConversationRow = memo(function ConversationRow({
  row,
  viewerId,
  isCurrent,
}: {
  row: ConversationRowFragment;
  viewerId: string;
  isCurrent: boolean;
}) {
  const t = useTexts('chat');
  const line = lastLine(t, row, viewerId);
  return (
    <li className={styles.conversation} data-unread={row.unreadCount > 0 || undefined}>
      {row.kind === 'GROUP' ? <GroupIcon size={44} /> : <Avatar person={otherOf(row, viewerId)} size={44} />}
      <div className={styles.about}>
        <p className={styles.titleLine}>
          <Link
            href={`/messages/${encodeURIComponent(row.id)}`}
            className={styles.title}
            prefetch={false}
            aria-current={isCurrent ? 'page' : undefined}
          >
            <bdi>{conversationName(t, row, viewerId)}</bdi>
          </Link>
          <Time of={row.lastMessage?.createdAt ?? row.createdAt} className={styles.rowTime} />
        </p>
        <p className={styles.lastLine}>
          <span className={styles.last} dir="auto">
            {line}
          </span>
          {row.unreadCount > 0 && (
            <span className={styles.unread}>
              {row.unreadCount > 99 ? '99+' : row.unreadCount}
              <span className="visually-hidden"> {t('unread')}</span>
            </span>
          )}
        </p>
      </div>
    </li>
  );
});
