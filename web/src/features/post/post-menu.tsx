'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId } from 'react';
import { useViewerId } from '../../graph/live.tsx';
import { DeletePost } from './delete-post.tsx';
import styles from './post-menu.module.css';
import { PostMenuFrame } from './post-menu-frame.tsx';

/** What else one can do with a post: pass its address on, and change or delete one's own. */
export function PostMenu({
  post,
  onDeleted,
}: {
  post: { id: string; author: { id: string } | null };
  onDeleted: () => void;
}) {
  const viewerId = useViewerId();
  const path = `/post/${encodeURIComponent(post.id)}`;
  const isOwn = viewerId !== null && viewerId !== undefined && post.author?.id === viewerId;
  const isHere = usePathname() === path;
  return (
    <PostMenuFrame id={useId()} path={path} isHere={isHere}>
      {isOwn && (
        <li>
          <Link href={`${path}/edit`} className={styles.item} prefetch={false}>
            Edit
          </Link>
        </li>
      )}
      {isOwn && (
        <li>
          <DeletePost postId={post.id} isItsPage={isHere} onDeleted={onDeleted} />
        </li>
      )}
    </PostMenuFrame>
  );
}
