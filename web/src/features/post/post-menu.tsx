'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId } from 'react';
import { useViewerId } from '../../graph/live.tsx';
import { ToggleIcon } from '../../ui/toggle-icon.tsx';
import { DeletePost } from './delete-post.tsx';
import styles from './post-menu.module.css';
import { SharePost } from './share-post.tsx';

/** What else one can do with a post: pass its address on, and change or delete one's own. It opens without JavaScript too. */
export function PostMenu({
  post,
  onDeleted,
}: {
  post: { id: string; author: { id: string } | null };
  onDeleted: () => void;
}) {
  const id = useId();
  const viewerId = useViewerId();
  const path = `/post/${encodeURIComponent(post.id)}`;
  const isOwn = viewerId !== null && viewerId !== undefined && post.author?.id === viewerId;
  const isHere = usePathname() === path;
  return (
    <>
      <button type="button" popoverTarget={id} className={styles.open}>
        <span className="visually-hidden">More about this post</span>
        <ToggleIcon on>
          <path d="M5 12h.01M12 12h.01M19 12h.01" />
        </ToggleIcon>
      </button>
      <div id={id} popover="auto" className={styles.menu}>
        <ul className={styles.items}>
          {!isHere && (
            <li>
              <Link href={path} className={styles.item} prefetch={false}>
                Open the post
              </Link>
            </li>
          )}
          <SharePost path={path} />
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
        </ul>
      </div>
    </>
  );
}
