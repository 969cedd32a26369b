'use client';

import Link from 'next/link';
import { useTexts } from '#texts';
import { useClock } from '../../ui/clock.tsx';
import styles from './chat.module.css';
import type { OpenConversation } from './merge-messages.ts';
import { MessageLog } from './message-log.tsx';
import messages from './messages.module.css';
import { PaneHead } from './pane-head.tsx';

/** A page of earlier messages, for whoever has no script that loads them in place. */
export function EarlierPage({
  conversation,
  viewerId,
}: {
  conversation: OpenConversation;
  viewerId: string;
}) {
  const t = useTexts('chat');
  const { now, zone } = useClock();
  const path = `/messages/${encodeURIComponent(conversation.id)}`;
  const { edges, pageInfo } = conversation.messages;
  return (
    <section className={styles.pane} aria-labelledby="conversation-name">
      <PaneHead conversation={conversation} viewerId={viewerId} typing="" />
      <div className={messages.place}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to get there. */}
        <section className={messages.log} aria-label={t('messages')} tabIndex={0}>
          <div className={messages.content}>
            {pageInfo.hasPreviousPage && pageInfo.startCursor !== null && (
              <p className={messages.older}>
                <Link
                  href={`${path}?before=${encodeURIComponent(pageInfo.startCursor)}`}
                  className="button"
                  prefetch={false}
                >
                  {t('earlierMessages')}
                </Link>
              </p>
            )}
            <MessageLog
              messages={edges.map(({ node }) => node)}
              viewerId={viewerId}
              isGroup={conversation.kind === 'GROUP'}
              newFrom={null}
              zone={zone}
              now={now}
            />
            <p className={messages.older}>
              <Link href={path} className="button" prefetch={false}>
                {t('backNewest')}
              </Link>
            </p>
          </div>
        </section>
      </div>
    </section>
  );
}
