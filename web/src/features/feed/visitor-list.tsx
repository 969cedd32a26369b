import type { FragmentType } from '@apollo/client';
import styles from '../../ui/timeline.module.css';
import type { PostCardFragment } from '../post/generated/post-card.ts';
import { VisitorCard } from '../post/visitor-card.tsx';

/** As PostList, for whoever is signed out. */
export function VisitorList({ posts }: { posts: ({ id: string } & FragmentType<PostCardFragment>)[] }) {
  return (
    <ol className={styles.list}>
      {posts.map((post) => (
        <li key={post.id}>
          <VisitorCard part={post} isHere={false} />
        </li>
      ))}
    </ol>
  );
}
