'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const firstPauseMs = 4_000;
const longestPauseMs = 30_000;

/** Asks for the page again, after pauses that grow, as long as somebody looks at it. */
export function ComeBack() {
  const router = useRouter();
  useEffect(() => {
    let pause = firstPauseMs;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(
        () => {
          if (document.visibilityState === 'visible') router.refresh();
          pause = Math.min(pause * 2, longestPauseMs);
          wait();
        },
        pause * (0.75 + Math.random() / 2),
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, [router]);
  return null;
}
