'use client';

import { useEffect } from 'react';

const counts = new Map<string, number>();
const listeners = new Set<() => void>();
const mostShown = 99;

/** How many, as a badge shows it. */
export const shownCount = (count: number): string => (count > mostShown ? `${mostShown}+` : String(count));

function show(): void {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  const title = document.title.replace(/^\(\d+\+?\) /, '');
  const wanted = sum > 0 && title !== '' ? `(${shownCount(sum)}) ${title}` : title;
  if (document.title !== wanted) document.title = wanted;
}

/** Puts how many of `what` are unread before the page's title, in one number with the others; Next writes the title of each page anew. */
export function useCountInTitle(what: string, count: number): void {
  useEffect(() => {
    counts.set(what, count);
    for (const listener of listeners) listener();
    return () => {
      counts.delete(what);
    };
  }, [what, count]);
  useEffect(() => {
    listeners.add(show);
    show();
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      listeners.delete(show);
      observer.disconnect();
    };
  }, []);
}
