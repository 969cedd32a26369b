'use client';

import type { MouseEvent } from 'react';
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
  if (!pageInfo.hasPreviousPage || pageInfo.startCursor === null) return null;
  function onClick(event: MouseEvent) {
    if (!earlier.load || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    earlier.load();
  }
  return (
    <div className={messages.older}>
      {earlier.hasFailed && (
        <p role="alert" className={messages.fault}>
          These could not be loaded. Please try again in a moment.
        </p>
      )}
      <a
        href={`/messages/${encodeURIComponent(id)}?before=${encodeURIComponent(pageInfo.startCursor)}`}
        className="button"
        onClick={onClick}
        aria-disabled={earlier.isLoading || undefined}
      >
        {earlier.isLoading ? 'Loading…' : 'Earlier messages'}
      </a>
    </div>
  );
}
