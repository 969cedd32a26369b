'use client';

import { useTexts } from '#texts';
import { Notice } from '../ui/notice.tsx';

/** A page failed in a way nobody foresaw; the server's log has the story under the same digest. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTexts('ui');
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <div className="column">
      <h1 className="page-title">{t('wentWrong')}</h1>
      <Notice title={t('notShown')}>
        <p>{t('ourFault')}</p>
        <p>
          <button type="button" className="button primary" onClick={() => retry()}>
            {t('tryAgain')}
          </button>
        </p>
        {digest && <p className="fine-print">{t('reference', { digest })}</p>}
      </Notice>
    </div>
  );
}
