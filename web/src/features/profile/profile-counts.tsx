import Link from 'next/link';
import { useTexts } from '#texts';
import { useNumbers } from '../../ui/numbers.ts';
import type { ProfileCountsFragment } from './generated/documents.ts';
import styles from './profile-counts.module.css';

/** How much somebody wrote, and the ways to whom they follow and who follows them; a dash where it is not known. */
export function ProfileCounts({
  profile,
  className,
}: {
  profile: Omit<ProfileCountsFragment, ' $fragmentName'>;
  className?: string | undefined;
}) {
  const t = useTexts('profile');
  const numbers = useNumbers();
  const path = `/u/${encodeURIComponent(profile.username)}`;
  const counts = [
    { label: t('posts'), value: profile.postCount, href: path },
    { label: t('following'), value: profile.followingCount, href: `${path}/following` },
    { label: t('followers'), value: profile.followerCount, href: `${path}/followers` },
  ];
  return (
    <ul className={`${styles.counts} ${className ?? ''}`}>
      {counts.map(({ label, value, href }) => (
        <li key={label}>
          <Link href={href} className={styles.link} prefetch={false}>
            <span className={styles.label}>{label}</span>{' '}
            <span className={styles.value}>{value === null ? '–' : numbers(value)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
