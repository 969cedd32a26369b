import type { ReactNode } from 'react';
import { ClientTexts } from '../../i18n/client-texts.tsx';
import styles from '../../ui/form.module.css';

/** A page that is one form. */
export function FormPage({
  title,
  notice,
  after,
  children,
}: {
  title: string;
  notice?: string | undefined;
  after?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{title}</h1>
      {notice && (
        <p role="status" className={styles.notice}>
          {notice}
        </p>
      )}
      <div className={styles.card}>
        <ClientTexts rooms={['session', 'faults']}>{children}</ClientTexts>
      </div>
      {after && <p className={styles.after}>{after}</p>}
    </div>
  );
}
