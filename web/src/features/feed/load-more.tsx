'use client';

import { type MouseEvent, useState, useTransition } from 'react';
import styles from '../../ui/timeline.module.css';

/** Older posts on demand: a link to the next page without JavaScript, given in place with it. */
export function LoadMore({
  path,
  next,
  load,
}: {
  path: string;
  next: string;
  /** Shows them, and gives how many they are, or why there are none. */
  load: () => Promise<{ count: number } | { fault: string }>;
}) {
  const [status, setStatus] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (pending) return;
    startTransition(async () => {
      const loaded = await load().catch(() => null);
      if (!loaded || 'fault' in loaded) {
        setFault(loaded?.fault ?? 'SocialHub cannot be reached right now. Please try again in a moment.');
        return;
      }
      setFault(null);
      setStatus(`${loaded.count} more ${loaded.count === 1 ? 'post' : 'posts'} loaded.`);
    });
  }

  return (
    <>
      <p role="status" className="visually-hidden">
        {pending ? 'Loading more posts.' : status}
      </p>
      {fault && (
        <p role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
      <p className={styles.more}>
        <a
          href={`${path}?after=${encodeURIComponent(next)}`}
          className="button"
          onClick={onClick}
          aria-disabled={pending || undefined}
        >
          {pending ? 'Loading…' : 'Load more'}
        </a>
      </p>
    </>
  );
}
