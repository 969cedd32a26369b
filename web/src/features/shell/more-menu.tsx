'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { MenuIcon } from '../../ui/icons.tsx';
import styles from './more-menu.module.css';

/** What a narrow screen has no place for. It opens without JavaScript too; with it, it closes as menus do. */
export function MoreMenu({ children }: { children: ReactNode }) {
  const t = useTexts('shell');
  const menu = useRef<HTMLDetailsElement>(null);
  const path = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it.
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [path]);

  useEffect(() => {
    const close = (isBack: boolean) => {
      if (!menu.current?.open) return;
      menu.current.open = false;
      if (isBack) menu.current.querySelector('summary')?.focus();
    };
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close(true);
    const onPress = ({ target }: Event) => {
      if (!(target instanceof Node && menu.current?.contains(target))) close(false);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, []);

  return (
    <details ref={menu} className={styles.menu}>
      <summary>
        <MenuIcon />
        <span className="visually-hidden">{t('more')}</span>
      </summary>
      <div className={styles.box}>
        <Link href="/bookmarks" className={styles.link} prefetch={false}>
          {t('bookmarks')}
        </Link>
        <Link href="/settings" className={styles.link} prefetch={false}>
          {t('settings')}
        </Link>
        {children}
      </div>
    </details>
  );
}
