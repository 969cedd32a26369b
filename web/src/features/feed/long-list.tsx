'use client';

import styles from '../../ui/timeline.module.css';
import { farPlacesOf } from './far-places.ts';
import type { Listed } from './feed-list.ts';
import { PostRow } from './post-row.tsx';

/** Posts in the order given, however many. `name`: of the list, in this tab. */
export function LongList({ name, posts }: { name: string; posts: Listed[] }) {
  const far = farPlacesOf(name);
  return (
    <ol className={styles.list}>
      {posts.map((post) => (
        <PostRow key={post.id} id={post.id} part={post} far={far} />
      ))}
    </ol>
  );
}
