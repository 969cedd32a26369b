import type { FragmentType } from '@apollo/client';
import styles from '../../ui/timeline.module.css';
import type { PostCardFragment } from '../post/generated/post-card.ts';
import { PostCard } from '../post/post-card.tsx';

/** Posts in the order given. */
export function PostList({ posts }: { posts: ({ id: string } & FragmentType<PostCardFragment>)[] }) {
  return (
    <ol className={styles.list}>
      {posts.map((post) => (
        <li key={post.id}>
          <PostCard part={post} />
        </li>
      ))}
    </ol>
  );
}
