'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useLive } from '../../graph/use-live.ts';
import type { DataExportFragment } from './generated/documents.ts';
import look from './settings.module.css';

/** How far an archive is, live; without JavaScript a link looks again. */
export function ExportProgress({ first }: { first: DataExportFragment }) {
  const router = useRouter();
  const { status, partsDone, partsTotal } = useLive(first, async () => {
    const { watchDataExport } = await import('./live-data-export.ts');
    return watchDataExport(first.id);
  });
  const isOver = status === 'READY' || status === 'EXPIRED';
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);

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
