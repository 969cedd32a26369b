'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useGraph } from '../../graph/live.tsx';
import { useLive } from '../../graph/use-live.ts';
import { useWaiting } from '../outbox/use-waiting.ts';
import type { OpenConversation } from './merge-messages.ts';
import { type Pending, pendingMessages, stillOnTheWay } from './pending.ts';

const load = () => import('./live-chat.ts');
const nobody: readonly string[] = [];

/** A conversation as the server rendered it, and live from the moment on in which the graph is here; null when the viewer is in it no more. */
export function useConversation(first: OpenConversation): OpenConversation | null {
  const graph = useGraph();
  // Once it is live, what is rendered anew is older than what is here.
  const [rendered, setRendered] = useState(first);
  if (!graph && rendered !== first) setRendered(first);
  return useLive<OpenConversation | null>(rendered, async () => (await load()).watchConversation(rendered));
}

/** The names of who else writes there now. */
export const useTyping = (conversationId: string): readonly string[] =>
  useLive(nobody, async () => (await load()).watchTyping(conversationId));

/** What the viewer has written there and is not sent yet. */
export function usePending(conversation: OpenConversation | null, viewerId: string): readonly Pending[] {
  const all = useWaiting(pendingMessages);
  if (!conversation) return [];
  const here = all.filter(({ conversationId }) => conversationId === conversation.id);
  return here.length === 0
    ? here
    : stillOnTheWay(
        here,
        conversation.messages.edges.map(({ node }) => node),
        viewerId,
      );
}

/** Marks a conversation as read up to its last message as soon as that is seen. */
export function useMarkRead(conversation: OpenConversation | null, isEndShown: boolean): void {
  const graph = useGraph();
  const marked = useRef(0);
  const seq = conversation?.messages.edges.at(-1)?.node.seq ?? 0;
  const id = conversation?.id;
  const isUnread = (conversation?.unreadCount ?? 0) > 0;
  useEffect(() => {
    if (!graph || id === undefined || !isUnread || !isEndShown) return;
    const mark = () => {
      if (document.visibilityState !== 'visible' || marked.current === seq) return;
      marked.current = seq;
      load()
        .then(({ markRead }) => markRead(graph, id, seq))
        .catch(() => {
          marked.current = 0;
        });
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [graph, id, seq, isUnread, isEndShown]);
}

/** Loads earlier messages in place; null as long as that takes the page's own link. */
export function useEarlier(conversation: OpenConversation | null): {
  load: (() => void) | null;
  isLoading: boolean;
  hasFailed: boolean;
} {
  const graph = useGraph();
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const isBusy = useRef(false);
  const id = conversation?.id;
  const before = conversation?.messages.pageInfo.startCursor ?? null;
  const hasMore = conversation?.messages.pageInfo.hasPreviousPage === true;
  const loadOnce = useCallback(() => {
    if (!graph || id === undefined || before === null || !hasMore || isBusy.current) return;
    isBusy.current = true;
    setState('loading');
    load()
      .then(({ loadEarlier }) => loadEarlier(graph, id, before))
      .then(
        () => setState('idle'),
        () => setState('failed'),
      )
      .finally(() => {
        isBusy.current = false;
      });
  }, [graph, id, before, hasMore]);
  return { load: graph ? loadOnce : null, isLoading: state === 'loading', hasFailed: state === 'failed' };
}
