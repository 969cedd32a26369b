'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import styles from './nav-item.module.css';

/**
 * A way of the main navigation: its picture, its name, which a narrow screen says but does not show, and how much is unread there. It
 * says when it is the page shown, or one below it where it has some.
 */
export function NavItem({
  href,
  label,
  icon,
  unread = '',
  hasPages = false,
  className = '',
}: {
  href: string;
  label: ReactNode;
  icon: ReactNode;
  /** As it is shown; nothing where there is nothing. */
  unread?: string;
  hasPages?: boolean;
  className?: string | undefined;
}) {
  const t = useTexts('shell');
  const path = usePathname();
  const isCurrent = path === href || (hasPages && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      className={`${styles.item} ${className}`}
      prefetch={false}
      aria-current={isCurrent ? (path === href ? 'page' : 'true') : undefined}
    >
      <span className={styles.icon}>
        {icon}
        {unread && (
          <span className={styles.badge} aria-hidden="true">
            {unread}
          </span>
        )}
      </span>
      <span className={styles.label} aria-hidden={unread ? true : undefined}>
        {label}
      </span>
      {unread && (
        <span className="visually-hidden">
          {label}, {t('unread', { unread })}
        </span>
      )}
    </Link>
  );
}
