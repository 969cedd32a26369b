'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Zone } from '../text/when.ts';

interface Reading {
  now: number;
  zone: Zone;
}

const ClockContext = createContext<Reading>({ now: 0, zone: 'UTC' });

/** What time it is, and where: by the server's clock in UTC at first, then where the reader is, anew each minute. */
export const useClock = (): Reading => useContext(ClockContext);

const minuteMs = 60_000;

/**
 * The one clock of a page. It goes on from the server's time, whatever the reader's clock shows. In the page that the server made it
 * shows what that has written, so that the two are the same.
 */
export function Clock({ now: first, children }: { now: number; children: ReactNode }) {
  const [reading, setReading] = useState<Reading>({ now: first, zone: 'UTC' });
  useEffect(() => {
    const behind = Date.now() - first;
    const tick = () => setReading({ now: Date.now() - behind, zone: 'own' });
    const seen = () => document.visibilityState === 'visible' && tick();
    tick();
    const timer = setInterval(tick, minuteMs);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [first]);
  return <ClockContext value={reading}>{children}</ClockContext>;
}
