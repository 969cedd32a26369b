'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import look from './settings.module.css';

interface Progress {
  status: string;
  partsDone: number;
  partsTotal: number;
}

/** How far an archive is, live; without JavaScript a link looks again. */
export function ExportProgress({ id, first }: { id: string; first: Progress }) {
  const router = useRouter();
  const [progress, setProgress] = useState(first);

  useEffect(() => {
    // The browser comes back by itself, from the event that it saw last.
    const events = new EventSource(`/settings/data/progress?id=${encodeURIComponent(id)}`);
    events.onmessage = (event: MessageEvent<string>) => {
      const now = JSON.parse(event.data) as Progress;
      setProgress(now);
      if (now.status !== 'READY' && now.status !== 'EXPIRED') return;
      events.close();
      router.refresh();
    };
    return () => events.close();
  }, [id, router]);

  const { status, partsDone, partsTotal } = progress;
  return (
    <>
      <p role="status">
        {status === 'GATHERING'
          ? `Your data is being gathered: ${partsDone} of ${partsTotal} parts are here.`
          : 'Your archive is being packed.'}{' '}
        We mail you when it is ready.
      </p>
      <progress className={look.progress} value={partsDone} max={partsTotal} aria-label="Parts gathered" />
      <p>
        <a href="/settings/data">Look again</a>
      </p>
    </>
  );
}
