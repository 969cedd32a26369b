import Link from 'next/link';
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
  const path = `/u/${encodeURIComponent(profile.username)}`;
  const counts = [
    { label: 'Posts', value: profile.postCount, href: path },
    { label: 'Following', value: profile.followingCount, href: `${path}/following` },
    { label: 'Followers', value: profile.followerCount, href: `${path}/followers` },
  ];
  return (
    <ul className={`${styles.counts} ${className ?? ''}`}>
      {counts.map(({ label, value, href }) => (
        <li key={label}>
          <Link href={href} className={styles.link} prefetch={false}>
            <span className={styles.label}>{label}</span>{' '}
            <span className={styles.value}>{value === null ? '–' : value.toLocaleString('en')}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
