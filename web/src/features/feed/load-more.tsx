'use client';

import { type MouseEvent, useState, useTransition } from 'react';
import { useTexts } from '#texts';
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
  const t = useTexts('feed');
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
        setFault(loaded?.fault ?? t('notReached'));
        return;
      }
      setFault(null);
      setStatus(t('moreLoaded', { n: loaded.count }));
    });
  }

  return (
    <>
      <p role="status" className="visually-hidden">
        {pending ? t('loadingMorePosts') : status}
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
          {pending ? t('loading') : t('loadMore')}
        </a>
      </p>
    </>
  );
}
