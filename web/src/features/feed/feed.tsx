'use client';

import { type MouseEvent, type ReactNode, useRef, useState, useTransition } from 'react';
import styles from '../../components/timeline.module.css';
import { loadMore } from './more-posts.tsx';

interface Page {
  cursor: string;
  posts: ReactNode;
}

/** Older posts on demand: a link to the next page without JavaScript, appended in place with it. */
export function LoadMore({ name, path, first }: { name: 'home' | 'public'; path: string; first: string }) {
  const [pages, setPages] = useState<Page[]>([]);
  const [next, setNext] = useState<string | null>(first);
  const [status, setStatus] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const last = useRef<HTMLDivElement>(null);

  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (pending || next === null) return;
    startTransition(async () => {
      const more = await loadMore(name, next).catch(() => null);
      startTransition(() => {
        if (!more || more.fault !== null) {
          setFault(more?.fault ?? 'SocialHub cannot be reached right now. Please try again in a moment.');
          return;
        }
        setFault(null);
        setPages((before) => [...before, { cursor: next, posts: more.posts }]);
        setNext(more.next);
        setStatus(`${more.count} more ${more.count === 1 ? 'post' : 'posts'} loaded.`);
      });
    });
  }

  // The keyboard goes on reading where the new posts begin.
  function focusNew(element: HTMLDivElement | null) {
    if (!element || element === last.current) return;
    last.current = element;
    element.querySelector('article')?.focus({ preventScroll: true });
  }

  return (
    <>
      {pages.map((page, index) => (
        <div key={page.cursor} ref={index === pages.length - 1 ? focusNew : undefined}>
          {page.posts}
        </div>
      ))}
      <p role="status" className="visually-hidden">
        {pending ? 'Loading more posts.' : status}
      </p>
      {fault && (
        <p role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
      {next === null ? (
        <p className={styles.end}>You have reached the end.</p>
      ) : (
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
      )}
    </>
  );
}
