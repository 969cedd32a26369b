import Link from 'next/link';
import { useTexts } from '#texts';
import type { Person } from './person.ts';
import styles from './person-name.module.css';

/** A person's name, which leads to their profile; somebody who cannot be had is nobody in particular. */
export function PersonName({ person }: { person: Person | null }) {
  const t = useTexts('ui');
  if (!person) return <span className={styles.unknown}>{t('authorUnavailable')}</span>;
  return (
    <Link href={`/u/${encodeURIComponent(person.username)}`} className={styles.person} prefetch={false}>
      <bdi className={styles.name}>{person.displayName}</bdi>{' '}
      <span className={styles.handle} dir="ltr">
        @{person.username}
      </span>
    </Link>
  );
}
