'use client';

import { useEffect, useEffectEvent } from 'react';
import { useTexts } from '#texts';
import { useViewerId } from '../../graph/live.tsx';
import { useLive } from '../../graph/use-live.ts';
import type { Listed } from './feed-list.ts';
import styles from './new-posts.module.css';

const none: Listed[] = [];
/** Whoever was away for long reads the newest, not all. */
const most = 100;

/**
 * Says how many posts came that are not shown yet, and shows them when one wants to: what one reads stays where it is. One's own are
 * there at once.
 */
export function NewPosts({
  posts,
  onShow,
  onOwn,
}: {
  posts: Listed[];
  onShow: (fresh: Listed[]) => void;
  onOwn: (own: Listed[]) => void;
}) {
  const t = useTexts('feed');
  const viewerId = useViewerId();
  const arrived = useLive(none, async () =>
    (await import('./live-home.ts')).watchHome(posts[0]?.createdAt ?? ''),
  );
  const ids = new Set(posts.map(({ id }) => id));
  const all = arrived.filter(({ id }) => !ids.has(id)).slice(0, most);
  const own = all.filter(({ author }) => author?.id === viewerId);
  const fresh = all.filter((post) => !own.includes(post));
  const showOwn = useEffectEvent(() => onOwn(own));
  useEffect(() => {
    if (own.length > 0) showOwn();
  }, [own.length]);
  return (
    <div role="status" className={styles.place}>
      {fresh.length > 0 && (
        <button type="button" className={`button primary ${styles.show}`} onClick={() => onShow(fresh)}>
          {t('showNew', { n: fresh.length })}
        </button>
      )}
    </div>
  );
}
