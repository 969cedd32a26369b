'use client';

import { useEffect } from 'react';
import { whenShown } from '../../ui/when-shown.ts';

/** Lets the browser have the page for no connection, once this one is shown. Where it takes no service worker it has its own. */
export function OfflineWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    return whenShown(() => {
      const language = encodeURIComponent(document.documentElement.lang);
      navigator.serviceWorker
        .register(`/offline-worker.js?lang=${language}`, { updateViaCache: 'none' })
        .catch(() => undefined);
    });
  }, []);
  return null;
}
