'use client';

import { type MouseEvent, useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import type { OpenConversation } from './merge-messages.ts';
import messages from './messages.module.css';

/** The way to earlier messages: a link to their page, or in place where the graph is here. */
export function EarlierMessages({
  conversation: {
    id,
    messages: { pageInfo },
  },
  earlier,
}: {
  conversation: OpenConversation;
  earlier: { load: (() => void) | null; isLoading: boolean; hasFailed: boolean };
}) {
  const t = useTexts('chat');
  const hasMore = pageInfo.hasPreviousPage;
  const hadMore = useRef(hasMore);
  useEffect(() => {
    // The link that was pressed is gone with the last of them.
    if (hadMore.current && !hasMore && document.activeElement === document.body)
      document.querySelector<HTMLElement>('[role=log]')?.focus({ preventScroll: true });
    hadMore.current = hasMore;
  }, [hasMore]);
  if (!hasMore || pageInfo.startCursor === null) return null;
  function onClick(event: MouseEvent) {
    if (!earlier.load || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    earlier.load();
  }
  return (
    <div className={messages.older}>
      {earlier.hasFailed && (
        <p role="alert" className={messages.fault}>
          {t('notLoaded')}
        </p>
      )}
      <a
        href={`/messages/${encodeURIComponent(id)}?before=${encodeURIComponent(pageInfo.startCursor)}`}
        className="button"
        onClick={onClick}
        aria-disabled={earlier.isLoading || undefined}
      >
        {earlier.isLoading ? t('loading') : t('earlierMessages')}
      </a>
    </div>
  );
}
