'use client';

import { Notice } from '../ui/notice.tsx';

/** A page failed in a way nobody foresaw; the server's log has the story under the same digest. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <div className="column">
      <h1 className="page-title">Something went wrong</h1>
      <Notice title="This page could not be shown">
        <p>The fault is on our side. Trying again often helps.</p>
        <p>
          <button type="button" className="button primary" onClick={() => retry()}>
            Try again
          </button>
        </p>
        {digest && <p className="fine-print">Reference: {digest}</p>}
      </Notice>
    </div>
  );
}
