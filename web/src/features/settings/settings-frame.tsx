'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import styles from './settings-nav.module.css';

/** The settings with the way to all of them: beside each on a wide screen, a page of its own on a narrow one. */
export function SettingsFrame({ nav, children }: { nav: ReactNode; children: ReactNode }) {
  const t = useTexts('settings');
  const isIndex = usePathname() === '/settings';
  return (
    <div className={styles.frame} data-index={isIndex || undefined}>
      {nav}
      <div className={styles.content}>
        {!isIndex && (
          <p className={styles.back}>
            <Link href="/settings" prefetch={false}>
              {t('allSettings')}
            </Link>
          </p>
        )}
        {children}
      </div>
    </div>
  );
}
