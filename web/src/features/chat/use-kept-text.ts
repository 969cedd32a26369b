'use client';

import { useEffect, useRef } from 'react';
import { forget, keep, kept } from '../../browser-store/kept.ts';

const quietMs = 400;

/** Keeps a text under a key while it is written, and gives back through `restore` what was kept; null: it is not to be kept now. */
export function useKeptText(key: string | null, text: string, restore: (text: string) => void): void {
  const latest = useRef({ text, restore });
  latest.current = { text, restore };
  const saved = useRef('');

  useEffect(() => {
    if (key === null) return;
    let isOver = false;
    void kept(key).then((found) => {
      if (isOver || typeof found !== 'string') return;
      saved.current = found;
      // What was written meanwhile counts.
      if (latest.current.text === '') latest.current.restore(found);
    });
    return () => {
      isOver = true;
    };
  }, [key]);

  useEffect(() => {
    if (key === null || text === saved.current) return;
    const save = () => {
      saved.current = text;
      void (text === '' ? forget(key) : keep(key, text));
    };
    // What was sent is not to come back.
    if (text === '') return save();
    const timer = setTimeout(save, quietMs);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [key, text]);

  // Within the site one leaves without a pagehide.
  useEffect(
    () => () => {
      const { text: last } = latest.current;
      if (key !== null && last !== '' && last !== saved.current) void keep(key, last);
    },
    [key],
  );
}
