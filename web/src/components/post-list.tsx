import type { TimelinePost } from '../gateway/operations.ts';
import { PostCard } from './post-card.tsx';
import styles from './timeline.module.css';

/** Posts in the order given. */
export function PostList({ posts }: { posts: TimelinePost[] }) {
  return (
    <ol className={styles.list}>
      {posts.map((post) => (
        <li key={post.id}>
          <PostCard post={post} />
        </li>
      ))}
    </ol>
  );
}
