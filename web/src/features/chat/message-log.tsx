'use client';

import { Fragment, type ReactNode, useMemo } from 'react';
import { useLanguage, useTexts } from '#texts';
import type { Zone } from '../../text/when.ts';
import type { MessageRowFragment } from './generated/documents.ts';
import { placeMessages, saidDay } from './message-days.ts';
import { type MessageActs, MessageRow } from './message-row.tsx';
import styles from './messages.module.css';

/** Messages in order, under their days; `newFrom` is the seq of the first that was unread. */
export function MessageLog({
  messages,
  viewerId,
  isGroup,
  newFrom,
  zone,
  now,
  acts = null,
  children,
}: {
  messages: readonly MessageRowFragment[];
  viewerId: string;
  isGroup: boolean;
  newFrom: number | null;
  zone: Zone;
  now: number;
  acts?: MessageActs | null;
  children?: ReactNode;
}) {
  const t = useTexts('chat');
  const language = useLanguage();
  const placed = useMemo(() => placeMessages(messages, { language, zone }), [messages, language, zone]);
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none.
    <ol role="list" className={styles.messages} aria-label={t('messagesOldestFirst')}>
      {placed.map(({ message, day, isFirstOfRun }) => (
        <Fragment key={message.id}>
          {day !== null && (
            <li className={styles.day}>
              <span>{saidDay(t, day, now, { language, zone })}</span>
            </li>
          )}
          {message.seq === newFrom && (
            <li className={styles.new}>
              <span>{t('newSince')}</span>
            </li>
          )}
          <MessageRow
            message={message}
            isMine={message.sender?.id === viewerId}
            isFirstOfRun={isFirstOfRun || message.seq === newFrom}
            isNamed={isGroup}
            zone={zone}
            acts={acts}
          />
        </Fragment>
      ))}
      {children}
    </ol>
  );
}
