'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTexts } from '#texts';
import { refreshPage } from '../../graph/page-asked.ts';
import { useLive } from '../../graph/use-live.ts';
import type { DataExportFragment } from './generated/documents.ts';
import look from './settings.module.css';

/** How far an archive is, live; without JavaScript a link looks again. */
export function ExportProgress({ first }: { first: DataExportFragment }) {
  const t = useTexts('settings');
  const router = useRouter();
  const { status, partsDone, partsTotal } = useLive(first, async () => {
    const { watchDataExport } = await import('./live-data-export.ts');
    return watchDataExport(first.id);
  });
  const isOver = status === 'READY' || status === 'EXPIRED';
  useEffect(() => {
    if (isOver) refreshPage(router);
  }, [isOver, router]);

  return (
    <>
      <p role="status">
        {status === 'GATHERING' ? t('gathering', { partsDone, partsTotal }) : t('archiveBeingPacked')}{' '}
        {t('weMailWhenReady')}
      </p>
      <progress
        className={look.progress}
        value={partsDone}
        max={partsTotal}
        aria-label={t('partsGathered')}
      />
      <p>
        <a href="/settings/data">{t('lookAgain')}</a>
      </p>
    </>
  );
}
