'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId } from 'react';
import { useTexts } from '#texts';
import { useViewerId } from '../../graph/live.tsx';
import styles from '../../ui/menu.module.css';
import type { Person } from '../../ui/person.ts';
import { PersonItems } from '../relationships/person-items.tsx';
import { DeletePost } from './delete-post.tsx';
import { PostMenuFrame } from './post-menu-frame.tsx';

/** What else one can do with a post: pass its address on, change or delete one's own, and have no more of somebody. */
export function PostMenu({
  post,
  onDeleted,
  onEnded,
}: {
  post: { id: string; author: Person | null };
  onDeleted: () => void;
  onEnded: (how: 'mute' | 'block') => void;
}) {
  const t = useTexts('post');
  const viewerId = useViewerId();
  const path = `/post/${encodeURIComponent(post.id)}`;
  const isOwn = viewerId !== null && viewerId !== undefined && post.author?.id === viewerId;
  const isHere = usePathname() === path;
  return (
    <PostMenuFrame id={useId()} path={path} isHere={isHere}>
      {isOwn && (
        <li>
          <Link href={`${path}/edit`} className={styles.item} prefetch={false}>
            {t('edit')}
          </Link>
        </li>
      )}
      {isOwn && (
        <li>
          <DeletePost postId={post.id} isItsPage={isHere} onDeleted={onDeleted} />
        </li>
      )}
      {viewerId && post.author && !isOwn && <PersonItems person={post.author} onEnded={onEnded} />}
    </PostMenuFrame>
  );
}
