'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Nearer than this to the end is at the end. */
const nearPx = 48;
/** Earlier messages are loaded before one has come to the first. */
const earlierPx = 600;

/**
 * Keeps the reader's place in a log that begins at its end (column-reverse: there `scrollTop` is 0, and negative above): at the end while
 * they are there, else at what they read, whatever comes behind it or before it.
 */
export function useLogPlace(onNearBeginning: () => void): {
  box: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  onScroll: () => void;
  toEnd: () => void;
} {
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const atEnd = useRef(true);
  const anchor = useRef<{ row: Element; top: number } | null>(null);

  const remember = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const { left, top, width } = element.getBoundingClientRect();
    const row = [8, 40, 90]
      .map((down) => document.elementFromPoint(left + width / 2, top + down)?.closest('li'))
      .find((found) => found && element.contains(found));
    anchor.current = row ? { row, top: row.getBoundingClientRect().top } : null;
  }, []);

  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollTop > -nearPx;
    setIsAtEnd(atEnd.current);
    if (atEnd.current) return;
    remember();
    if (element.scrollHeight - element.clientHeight + element.scrollTop < earlierPx) onNearBeginning();
  }, [onNearBeginning, remember]);

  const keep = useCallback(() => {
    const element = box.current;
    if (!element) return;
    if (atEnd.current) {
      element.scrollTop = 0;
      return;
    }
    const { row, top } = anchor.current ?? {};
    if (!row?.isConnected || top === undefined) return;
    const moved = row.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) element.scrollTop += moved;
    remember();
  }, [remember]);

  // After whatever has changed, and before it is painted; rows far away, and pictures, have their size only when they come near.
  useLayoutEffect(keep);
  useEffect(() => {
    const content = box.current?.firstElementChild;
    if (!content) return;
    const observer = new ResizeObserver(keep);
    observer.observe(content);
    return () => observer.disconnect();
  }, [keep]);

  const toEnd = useCallback(() => {
    atEnd.current = true;
    setIsAtEnd(true);
    if (box.current) box.current.scrollTop = 0;
  }, []);

  return { box, isAtEnd, onScroll, toEnd };
}
