import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { tellUnavailable } from '../gateway/page-status.ts';
import { ComeBack } from './come-back.tsx';
import styles from './notice.module.css';

/** A box that says in plain words why there is nothing else here. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.notice}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The gateway does not answer: the page says so, with the status of such an answer, and comes back by itself. */
export function Unavailable({ href }: { href: string }) {
  const t = useTexts('ui');
  tellUnavailable();
  return (
    <Notice title={t('unavailableTitle')}>
      <p>{t('unavailable')}</p>
      <ComeBack />
      <p>
        <a href={href} className="button primary">
          {t('tryAgain')}
        </a>
      </p>
    </Notice>
  );
}
