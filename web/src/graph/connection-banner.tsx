'use client';

import { useEffect, useState } from 'react';
import type { Graph } from './client.ts';
import styles from './connection-banner.module.css';

/** Shorter breaks are nobody's concern. */
const quietMs = 2_000;

/** Says quietly that what happens does not arrive at the moment. */
export function ConnectionBanner({ graph }: { graph: Graph | null }) {
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
      {isAway && (
        <p className={styles.banner}>
          No connection at the moment. What happens meanwhile appears when it is back.
        </p>
      )}
    </div>
  );
}
