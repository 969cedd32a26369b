'use client';

import { useEffect, useRef, useState } from 'react';
import { type Draft, forgetDraft, keepDraft, keptDraft } from './draft.ts';

const quietMs = 400;

/**
 * Keeps a draft under a key while it is written, also when one leaves the page, and gives back through `restore` what was kept.
 * With `isFresh` what the page begins with counts, and what was kept is left where it is until something is written.
 */
export function useDraft(
  key: string | null,
  draft: Draft,
  { isFresh, restore }: { isFresh: boolean; restore: (draft: Draft) => void },
): { forget(): void } {
  const [isRead, setIsRead] = useState(false);
  const latest = useRef(draft);
  const saved = useRef(contentOf(draft));
  const first = useRef({ isFresh, restore });
  latest.current = draft;
  const content = contentOf(draft);

  useEffect(() => {
    if (key === null) return;
    let isOver = false;
    const { isFresh, restore } = first.current;
    void keptDraft(key).then((found) => {
      if (isOver) return;
      // What was written meanwhile counts.
      const isUntouched = contentOf(latest.current) === saved.current;
      if (found && !isFresh && isUntouched) {
        saved.current = contentOf(found);
        restore(found);
      }
      setIsRead(true);
    });
    return () => {
      isOver = true;
    };
  }, [key]);

  useEffect(() => {
    if (key === null || !isRead || content === saved.current) return;
    const save = () => {
      saved.current = content;
      void keepDraft(key, latest.current);
    };
    const timer = setTimeout(save, quietMs);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
    };
  }, [key, isRead, content]);

  // Within the site one leaves without a pagehide.
  useEffect(
    () => () => {
      if (key !== null && contentOf(latest.current) !== saved.current) void keepDraft(key, latest.current);
    },
    [key],
  );

  return {
    forget() {
      saved.current = contentOf({ ...latest.current, text: '', warning: '', pictures: [], attempt: null });
      if (key !== null) void forgetDraft(key);
    },
  };
}

/** What of a draft is worth keeping anew: not how far a picture is. */
const contentOf = ({ text, warning, visibility, pictures, attempt }: Draft): string =>
  JSON.stringify([
    text,
    warning,
    visibility,
    attempt?.key,
    pictures.map(({ key, altText, mediaId }) => [key, altText, mediaId]),
  ]);
