'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Takes care of the focus that an element has when it goes, as buttons do whose work is done: it moves to what takes it in the same form
 * (`data-takes-focus`), else to what it was in that takes it, which is seen already, else to what is told of that in the same section, else to the section's heading, so that whoever works by keyboard or hears the page is not left nowhere.
 */
export function useFocusAfter(): RefObject<HTMLButtonElement | null> {
  const element = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const present = element.current;
    return () => {
      if (!present || document.activeElement !== present) return;
      const section = present.closest('section[aria-labelledby], main');
      const { form } = present;
      const around = present.closest<HTMLElement>('[data-takes-focus]');
      // What takes its place is there, and has taken the focus if it wants it.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const kept = form?.isConnected && form.querySelector<HTMLElement>('[data-takes-focus]');
        if (kept) return kept.focus();
        if (around?.isConnected) return around.focus({ preventScroll: true });
        if (!section?.isConnected) return;
        const told = [...section.querySelectorAll<HTMLElement>('[role="status"]')].find(hasText);
        const place = told ?? section.querySelector<HTMLElement>('h1, h2');
        if (!place) return;
        place.tabIndex = -1;
        place.focus();
      });
    };
  }, []);
  return element;
}

const hasText = ({ textContent }: HTMLElement) => textContent !== '';
