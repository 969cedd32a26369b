import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import styles from './toggle-button.module.css';

/** What members can do, for whoever is signed out: it leads to signing in, and back to `to`. */
export function SignInLink({ to, label, icon }: { to: string; label: string; icon: ReactNode }) {
  const t = useTexts('post');
  return (
    <Link
      href={`/sign-in?${new URLSearchParams({ to })}`}
      className={styles.button}
      title={t('signInTo', { label })}
      prefetch={false}
      rel="nofollow"
    >
      {icon}
      <span className="visually-hidden">{t('signInFirst', { label })}</span>
    </Link>
  );
}
