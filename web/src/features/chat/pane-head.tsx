import Link from 'next/link';
import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import styles from './chat.module.css';
import { conversationName, otherOf } from './conversation-name.ts';
import { GroupIcon } from './group-icon.tsx';
import type { OpenConversation } from './merge-messages.ts';

/** Whom a conversation is with, who writes there, and the ways back to the list and to its members. */
export function PaneHead({
  conversation,
  viewerId,
  typing,
  isOpen = true,
}: {
  conversation: OpenConversation;
  viewerId: string;
  typing: string;
  /** Whether its messages are what is shown; else the way back leads to them. */
  isOpen?: boolean;
}) {
  const t = useTexts('chat');
  const other = otherOf(conversation, viewerId);
  const isGroup = conversation.kind === 'GROUP';
  const name = conversationName(t, conversation, viewerId);
  const { totalCount } = conversation.members;
  const path = `/messages/${encodeURIComponent(conversation.id)}`;
  return (
    <div className={styles.paneHead}>
      <Link
        href={isOpen ? '/messages' : path}
        className={styles.back}
        data-always={!isOpen || undefined}
        prefetch={false}
      >
        <span className="visually-hidden">{isOpen ? t('allMessages') : t('backMessages')}</span>
        <BackIcon />
      </Link>
      {isGroup ? <GroupIcon size={44} /> : <Avatar person={other} size={44} />}
      <div className={styles.paneName}>
        <h1 id="conversation-name">
          {other ? (
            <Link href={`/u/${encodeURIComponent(other.username)}`} prefetch={false}>
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <bdi>{name}</bdi>
          )}
        </h1>
        {typing !== '' && <p className={styles.typing}>{typing}</p>}
        {typing === '' && isGroup && (
          <p>
            <Link href={`${path}/members`} prefetch={false}>
              {t('memberCount', { n: totalCount })}
            </Link>
          </p>
        )}
        {typing === '' && other && (
          <p>
            <bdi>@{other.username}</bdi>
          </p>
        )}
      </div>
    </div>
  );
}

const BackIcon = () => (
  <svg
    viewBox="0 0 24 24"
    width="22"
    height="22"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    aria-hidden="true"
  >
    <path d="m15 5-7 7 7 7" />
  </svg>
);
