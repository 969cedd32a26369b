import { useLanguage, useTexts } from '#texts';
import { fileSize } from '../../text/file-size.ts';
import { Time } from '../../ui/time.tsx';
import styles from './data-export.module.css';
import { ExportProgress } from './export-progress.tsx';
import type { DataExportFragment } from './generated/documents.ts';
import { RequestExport } from './request-export.tsx';

/** The archive of somebody's data, from the wish to the file. */
export function DataExportStanding({ archive }: { archive: DataExportFragment | null }) {
  const t = useTexts('settings');
  const language = useLanguage();
  if (archive?.status === 'GATHERING' || archive?.status === 'PACKING') {
    return <ExportProgress key={archive.id} first={archive} />;
  }
  return (
    <>
      {archive?.status === 'READY' && (
        <>
          <p>
            {t.rich('archiveReady', {
              made: () => <Time of={archive.requestedAt} as="day" />,
              until: () => <Time of={archive.expiresAt} as="day" />,
            })}
          </p>
          <p className={styles.download}>
            {/* A plain link: it leads to a file. */}
            <a href="/settings/data/archive" className="button primary" rel="noreferrer">
              {t('download')}
              {archive.byteSize !== null && ` (${fileSize(t, language, archive.byteSize)})`}
            </a>
          </p>
        </>
      )}
      <RequestExport again={archive !== null} formKey={crypto.randomUUID()} />
    </>
  );
}
