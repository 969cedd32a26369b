'use client';

import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import styles from '../ui/floating-notice.module.css';
import type { Graph } from './client.ts';

/** Shorter breaks are nobody's concern. */
const quietMs = 2_000;

/** Says quietly that what happens does not arrive at the moment. */
export function ConnectionBanner({ graph }: { graph: Graph | null }) {
  const t = useTexts('ui');
  const [isAway, setIsAway] = useState(false);

  useEffect(() => {
    if (!graph) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = graph.onConnection((now) => {
      clearTimeout(timer);
      if (now === 'away') timer = setTimeout(() => setIsAway(true), quietMs);
      else setIsAway(false);
    });
    return () => {
      stop();
      clearTimeout(timer);
      setIsAway(false);
    };
  }, [graph]);

  return (
    <div role="status" className={styles.place}>
      {isAway && <p className={styles.notice}>{t('noConnection')}</p>}
    </div>
  );
}
