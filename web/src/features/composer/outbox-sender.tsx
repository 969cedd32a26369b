'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useGraph, useViewerId } from '../../graph/live.tsx';

/** On every page: sends what waits for a connection, and says so. */
export function OutboxSender() {
  const graph = useGraph();
  const viewerId = useViewerId();
  const router = useRouter();
  const [sent, setSent] = useState(0);

  useEffect(() => {
    if (!graph || !viewerId) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    const onSent = () => {
      setSent((before) => before + 1);
      router.refresh();
    };
    import('./send-outbox.ts').then(
      ({ sendOutbox }) => {
        if (!isOver) stop = sendOutbox(graph, viewerId, onSent);
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
    <p role="status" className="visually-hidden">
      {sent > 0 &&
        (sent === 1 ? 'A post that waited is published.' : `${sent} posts that waited are published.`)}
    </p>
  );
}
