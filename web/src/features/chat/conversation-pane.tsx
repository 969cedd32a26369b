'use client';

import { useState } from 'react';
import { useTexts } from '#texts';
import { useClock } from '../../ui/clock.tsx';
import styles from './chat.module.css';
import { EarlierMessages } from './earlier-messages.tsx';
import { MarkReadForm } from './mark-read-form.tsx';
import type { OpenConversation } from './merge-messages.ts';
import { MessageLog } from './message-log.tsx';
import { MessageMenu } from './message-menu.tsx';
import messages from './messages.module.css';
import { NotInConversation } from './not-in-conversation.tsx';
import { PaneHead } from './pane-head.tsx';
import { PendingRow } from './pending-row.tsx';
import { seenBy, typingText } from './read-marks.ts';
import { SendBox } from './send-box.tsx';
import { useConversation, useEarlier, useMarkRead, usePending, useTyping } from './use-conversation.ts';
import { useLogPlace } from './use-log-place.ts';
import { useMessageActs } from './use-message-acts.ts';

const nothing = () => undefined;

/** A conversation: its name, its messages, the newest at the bottom, and where one writes. */
export function ConversationPane({
  first,
  viewerId,
  firstKey,
}: {
  first: OpenConversation;
  viewerId: string;
  firstKey: string;
}) {
  const t = useTexts('chat');
  const conversation = useConversation(first);
  const { now, zone } = useClock();
  const [newFrom] = useState(() => firstUnread(first, viewerId));
  const pending = usePending(conversation, viewerId);
  const typing = useTyping(first.id);
  const earlier = useEarlier(conversation);
  const { acts, menu, closeMenu, writing, write, writeAnew, edit, remove, fault } = useMessageActs();
  const place = useLogPlace(earlier.load ?? nothing);
  const edges = conversation?.messages.edges ?? [];
  const last = edges.at(-1)?.node;
  const seen = useSeenSeq(place.isAtEnd, last?.seq ?? 0);
  useMarkRead(conversation, place.isAtEnd);

  if (!conversation) return <NotInConversation />;

  /** What was pressed is about to go, and the focus is not to go with it. */
  const toLog = () => place.box.current?.focus({ preventScroll: true });
  const unseen = edges.filter(({ node }) => node.seq > seen && node.sender?.id !== viewerId).length;
  const mark = pending.length === 0 ? seenBy(t, conversation, viewerId) : null;
  return (
    <section className={styles.pane} aria-labelledby="conversation-name">
      <PaneHead conversation={conversation} viewerId={viewerId} typing={typingText(t, typing)} />
      <div className={messages.place}>
        <div
          ref={place.box}
          className={messages.log}
          role="log"
          aria-label={t('messages')}
          aria-busy={earlier.isLoading || undefined}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to get there.
          tabIndex={0}
          onScroll={place.onScroll}
        >
          <div className={messages.content}>
            <EarlierMessages conversation={conversation} earlier={earlier} />
            {edges.length === 0 && pending.length === 0 && (
              <p className={messages.nothing}>{t('nothingWrittenYetSay')}</p>
            )}
            <MessageLog
              messages={edges.map(({ node }) => node)}
              viewerId={viewerId}
              isGroup={conversation.kind === 'GROUP'}
              newFrom={newFrom}
              zone={zone}
              now={now}
              acts={acts}
            >
              {pending.map((one) => (
                <PendingRow key={one.key} pending={one} />
              ))}
              {mark && <li className={messages.seen}>{mark}</li>}
            </MessageLog>
          </div>
        </div>
        {!place.isAtEnd && (
          <button
            type="button"
            className={`button ${messages.toEnd}`}
            onClick={() => {
              place.toEnd();
              toLog();
            }}
          >
            {unseen === 0 && t('newest')}
            {unseen > 0 && t('newMessages', { n: unseen })}
          </button>
        )}
      </div>
      {conversation.unreadCount > 0 && last && (
        <noscript>
          <MarkReadForm conversationId={conversation.id} upToSeq={last.seq} />
        </noscript>
      )}
      {fault && (
        <p role="alert" className={messages.notDone}>
          {fault}
        </p>
      )}
      <MessageMenu
        open={menu}
        isMine={menu?.message.sender?.id === viewerId}
        onClose={closeMenu}
        onReact={({ id, viewerReactions }, emoji) => acts?.react(id, emoji, !viewerReactions.includes(emoji))}
        onAnswer={(message) => write({ kind: 'answer', message })}
        onEdit={(message) => write({ kind: 'edit', message })}
        onDelete={(message) => {
          remove(message);
          toLog();
        }}
      />
      <SendBox
        conversationId={conversation.id}
        firstKey={firstKey}
        afterSeq={last?.seq ?? 0}
        writing={writing}
        onDone={writeAnew}
        onSent={place.toEnd}
        onEdit={edit}
        onEditLast={() => {
          const own = edges.findLast(({ node }) => node.sender?.id === viewerId && node.deletedAt === null);
          if (acts && own) write({ kind: 'edit', message: own.node });
        }}
      />
    </section>
  );
}

/** The seq up to which the end of the log was shown. */
function useSeenSeq(isAtEnd: boolean, lastSeq: number): number {
  const [seen, setSeen] = useState(lastSeq);
  if (isAtEnd && seen !== lastSeq) setSeen(lastSeq);
  return seen;
}

/** The seq of the first message of others behind what the viewer has read; null where all is read. */
function firstUnread({ everybody, messages }: OpenConversation, viewerId: string): number | null {
  const mine = everybody.edges.find(({ node }) => node.user?.id === viewerId)?.node;
  const readUpTo = mine?.readUpTo ?? null;
  if (readUpTo === null) return null;
  const found = messages.edges.find(({ node }) => node.seq > readUpTo && node.sender?.id !== viewerId);
  return found?.node.seq ?? null;
}
