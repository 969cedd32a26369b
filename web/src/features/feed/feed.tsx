'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { useViewerId } from '../../graph/live.tsx';
import styles from '../../ui/timeline.module.css';
import { deletedPosts } from '../post/deleted-posts.ts';
import { append, drop, mergeFirst, prepend } from './feed-list.ts';
import type { TimelineFragment } from './generated/documents.ts';
import { keepFeed, keptFeed } from './kept-feeds.ts';
import { LoadMore } from './load-more.tsx';
import { LongList } from './long-list.tsx';
import { loadMore } from './more-posts.action.ts';
import { NewPosts } from './new-posts.tsx';
import type { TimelineName } from './timeline-page.ts';

/**
 * A timeline from a page on that the server rendered: older posts on demand, and at home new ones as they come. Who comes back to its
 * beginning (`isFirst`) finds what was there.
 */
export function Feed({
  name,
  path,
  page,
  isFirst,
  empty,
}: {
  name: TimelineName;
  path: string;
  page: TimelineFragment;
  isFirst: boolean;
  empty: ReactNode;
}) {
  const t = useTexts('feed');
  const key = `${useViewerId()} ${name}`;
  const before = isFirst ? keptFeed(key) : null;
  // Who comes back has the page that was there, with all that came after it.
  const [shown, setShown] = useState(() =>
    before?.page === page
      ? { page, list: drop(before.list, deletedPosts) }
      : { page, list: drop(mergeFirst(before?.list ?? null, page), deletedPosts) },
  );
  const focusOn = useRef<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  if (shown.page !== page)
    setShown(({ list }) => ({ page, list: drop(mergeFirst(list, page), deletedPosts) }));
  const { list } = shown;

  useEffect(() => {
    if (isFirst) keepFeed(key, { page, list });
    // The keyboard goes on reading where the posts begin that came now.
    const id = focusOn.current;
    if (id === null) return;
    focusOn.current = null;
    const at = list.posts.findIndex((post) => post.id === id);
    const row = place.current?.querySelector('ol')?.children[at];
    row?.querySelector('article')?.focus({ preventScroll: at > 0 });
  }, [isFirst, key, page, list]);

  const { posts, next } = list;
  return (
    <div ref={place}>
      {isFirst && name === 'home' && (
        <NewPosts
          posts={posts}
          onOwn={(own) => setShown((now) => ({ ...now, list: drop(prepend(now.list, own), deletedPosts) }))}
          onShow={(fresh) => {
            focusOn.current = fresh[0]?.id ?? null;
            setShown((now) => ({ ...now, list: prepend(now.list, fresh) }));
          }}
        />
      )}
      {posts.length === 0 ? empty : <LongList name={key} posts={posts} />}
      {next === null && posts.length > page.edges.length && (
        <p className={styles.end}>{t('haveReachedEnd')}</p>
      )}
      {next !== null && (
        <LoadMore
          path={path}
          next={next}
          load={async () => {
            const more = await loadMore(name, next);
            if (more.fault !== null) return more;
            focusOn.current = more.page.edges[0]?.node.id ?? null;
            setShown((now) => ({ ...now, list: append(now.list, more.page) }));
            return { count: more.page.edges.length };
          }}
        />
      )}
    </div>
  );
}
