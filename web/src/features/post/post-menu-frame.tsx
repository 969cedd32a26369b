import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import styles from '../../ui/menu.module.css';
import { Menu } from '../../ui/menu.tsx';
import { SharePost } from './share-post.tsx';

/** What everybody can do with a post, and `children` besides. */
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
  const t = useTexts('post');
  return (
    <Menu id={id} label={t('moreAboutPost')}>
      {!isHere && (
        <li>
          <Link href={path} className={styles.item} prefetch={false}>
            {t('openPost')}
          </Link>
        </li>
      )}
      <SharePost path={path} />
      {children}
    </Menu>
  );
}
