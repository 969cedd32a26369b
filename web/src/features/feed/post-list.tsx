import styles from '../../components/timeline.module.css';
import type { TimelinePost } from '../../gateway/operations.ts';
import { PostCard } from '../post/post-card.tsx';

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
