import Link from 'next/link';
import type { ReactNode } from 'react';
import { ToggleIcon } from '../../ui/toggle-icon.tsx';
import styles from './post-menu.module.css';
import { SharePost } from './share-post.tsx';

/** What everybody can do with a post, and `children` besides. It opens without JavaScript too. */
export function PostMenuFrame({
  id,
  path,
  isHere,
  children,
}: {
  /** Which no other has on the page, also of those that come later. */
  id: string;
  path: string;
  /** It is the page of the post. */
  isHere: boolean;
  children?: ReactNode;
}) {
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
          {children}
        </ul>
      </div>
    </>
  );
}
