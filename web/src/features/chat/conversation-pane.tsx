'use client';

import Link from 'next/link';
import { useRef } from 'react';
import { Avatar } from '../../components/avatar.tsx';
import { useClock } from '../../ui/clock.tsx';
import styles from './chat.module.css';
import { conversationName, otherOf } from './conversation-name.ts';
import { GroupIcon } from './group-icon.tsx';
import { MarkReadForm } from './mark-read-form.tsx';
import type { OpenConversation } from './merge-messages.ts';
import { MessageLog } from './message-log.tsx';
import messages from './messages.module.css';
import { SendBox } from './send-box.tsx';

/** A conversation: its name, its messages, the newest at the bottom, and where one writes. */
export function ConversationPane({
  first,
  viewerId,
  firstKey,
  isNewest,
}: {
  first: OpenConversation;
  viewerId: string;
  firstKey: string;
  /** Whether the page ends with the newest. */
  isNewest: boolean;
}) {
  const conversation = first;
  const { now, zone } = useClock();
  const newFrom = useRef(isNewest ? firstUnread(first, viewerId) : null).current;
  const { edges, pageInfo } = conversation.messages;
  const last = edges.at(-1)?.node;
  const path = `/messages/${encodeURIComponent(conversation.id)}`;
  return (
    <section className={styles.pane} aria-labelledby="conversation-name">
      <PaneHead conversation={conversation} viewerId={viewerId} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to get there. */}
      <div className={messages.log} role="log" aria-label="Messages" tabIndex={0}>
        <div className={messages.content}>
          {pageInfo.hasPreviousPage && pageInfo.startCursor !== null && (
            <p className={messages.older}>
              <Link
                href={`${path}?before=${encodeURIComponent(pageInfo.startCursor)}`}
                className="button"
                prefetch={false}
              >
                Earlier messages
              </Link>
            </p>
          )}
          {edges.length === 0 && <p className={messages.nothing}>Nothing written yet. Say hello!</p>}
          <MessageLog
            messages={edges.map(({ node }) => node)}
            viewerId={viewerId}
            isGroup={conversation.kind === 'GROUP'}
            newFrom={newFrom}
            zone={zone}
            now={now}
          />
          {!isNewest && (
            <p className={messages.older}>
              <Link href={path} className="button" prefetch={false}>
                Back to the newest
              </Link>
            </p>
          )}
        </div>
      </div>
      {isNewest && conversation.unreadCount > 0 && last && (
        <noscript>
          <MarkReadForm conversationId={conversation.id} upToSeq={last.seq} />
        </noscript>
      )}
      <SendBox conversationId={conversation.id} firstKey={firstKey} />
    </section>
  );
}

function PaneHead({ conversation, viewerId }: { conversation: OpenConversation; viewerId: string }) {
  const other = otherOf(conversation, viewerId);
  const isGroup = conversation.kind === 'GROUP';
  const name = conversationName(conversation, viewerId);
  const { totalCount } = conversation.members;
  return (
    <div className={styles.paneHead}>
      <Link href="/messages" className={styles.back} prefetch={false}>
        <span className="visually-hidden">All messages</span>
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
        {isGroup && (
          <p>
            <Link href={`/messages/${encodeURIComponent(conversation.id)}/members`} prefetch={false}>
              {totalCount === 1 ? '1 member' : `${totalCount} members`}
            </Link>
          </p>
        )}
        {other && <p>@{other.username}</p>}
      </div>
    </div>
  );
}

/** The seq of the first message of others behind what the viewer has read; null where all is read. */
export function firstUnread({ everybody, messages }: OpenConversation, viewerId: string): number | null {
  const mine = everybody.edges.find(({ node }) => node.user?.id === viewerId)?.node;
  const readUpTo = mine?.readUpTo ?? null;
  if (readUpTo === null) return null;
  const found = messages.edges.find(({ node }) => node.seq > readUpTo && node.sender?.id !== viewerId);
  return found?.node.seq ?? null;
}
