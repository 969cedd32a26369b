import type { Profile } from '../../gateway/operations.ts';
import styles from './profile-counts.module.css';

/** How much somebody wrote, and how many they follow and are followed by; a dash where it is not known. */
export function ProfileCounts({ profile, className }: { profile: Profile; className?: string | undefined }) {
  const counts = [
    { label: 'Posts', value: profile.postCount },
    { label: 'Following', value: profile.followingCount },
    { label: 'Followers', value: profile.followerCount },
  ];
  return (
    <dl className={`${styles.counts} ${className ?? ''}`}>
      {counts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value === null ? '–' : value.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}
