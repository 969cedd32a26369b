'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { useGraph, useViewerId } from '../../graph/live.tsx';
import { refreshPage } from '../../graph/page-asked.ts';
import { RefusedWaiting } from './refused-waiting.tsx';

const loadSenders = () =>
  Promise.all([
    import('../outbox/send-waiting.ts'),
    import('../composer/send-waiting-post.ts'),
    import('../comments/send-waiting-comment.ts'),
    import('../chat/send-pending.ts'),
  ]);

const TOLD = { post: 'postsSent', comment: 'commentsSent' } as const;

type Told = keyof typeof TOLD;

/** On every page: opens what waits for a connection, sends it, and says so. */
export function OutboxSender() {
  const t = useTexts('shell');
  const graph = useGraph();
  const viewerId = useViewerId();
  const router = useRouter();
  const [sent, setSent] = useState({ post: 0, comment: 0 });

  useEffect(() => {
    if (!viewerId) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    // Visitors load nothing of it.
    import('../outbox/outbox.ts').then(
      ({ openOutbox }) => {
        if (!isOver) stop = openOutbox(viewerId);
      },
      () => undefined,
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [viewerId]);

  useEffect(() => {
    if (!graph || !viewerId) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    loadSenders().then(
      ([{ sendWaiting }, { sendWaitingPost }, { sendWaitingComment }, { sendPending }]) => {
        if (isOver) return;
        const senders = { post: sendWaitingPost, comment: sendWaitingComment, message: sendPending };
        stop = sendWaiting(graph, senders, ({ kind }) => {
          if (!Object.hasOwn(TOLD, kind)) return;
          setSent((before) => ({ ...before, [kind]: before[kind as Told] + 1 }));
          // What the server makes of this page has it too.
          refreshPage(router);
        });
      },
      // It is sent by the next page.
      () => undefined,
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [graph, viewerId, router]);

  return (
    <>
      <RefusedWaiting />
      <p role="status" className="visually-hidden">
        {(Object.keys(TOLD) as Told[])
          .filter((kind) => sent[kind] > 0)
          .map((kind) => t(TOLD[kind], { n: sent[kind] }))
          .join(' ')}
      </p>
    </>
  );
}
