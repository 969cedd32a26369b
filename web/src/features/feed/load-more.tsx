'use client';

import { type MouseEvent, useState, useTransition } from 'react';
import styles from '../../ui/timeline.module.css';
import type { TimelineFragment } from './generated/documents.ts';
import { loadMore } from './more-posts.action.ts';
import type { TimelineName } from './timeline-page.ts';

/** Older posts on demand: a link to the next page without JavaScript, given in place with it. */
export function LoadMore({
  name,
  path,
  next,
  onLoaded,
}: {
  name: TimelineName;
  path: string;
  next: string;
  onLoaded: (page: TimelineFragment) => void;
}) {
  const [status, setStatus] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (pending) return;
    startTransition(async () => {
      const more = await loadMore(name, next).catch(() => null);
      if (!more || more.fault !== null) {
        setFault(more?.fault ?? 'SocialHub cannot be reached right now. Please try again in a moment.');
        return;
      }
      const count = more.page.edges.length;
      setFault(null);
      setStatus(`${count} more ${count === 1 ? 'post' : 'posts'} loaded.`);
      onLoaded(more.page);
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
