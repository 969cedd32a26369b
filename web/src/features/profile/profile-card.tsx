import Link from 'next/link';
import { useTexts } from '#texts';
import type { Viewer } from '../../session/current-session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { WrittenText } from '../../ui/written-text.tsx';
import styles from './profile-card.module.css';
import { ProfileCounts } from './profile-counts.tsx';

/** The signed-in person at a glance. */
export function ProfileCard({ profile }: { profile: Viewer }) {
  const t = useTexts('profile');
  return (
    <section className={styles.card} aria-label={t('yourProfile')}>
      <Avatar person={profile} size={64} />
      <h2 className={styles.name}>
        <Link href={`/u/${encodeURIComponent(profile.username)}`} className={styles.link} prefetch={false}>
          <bdi>{profile.displayName}</bdi>
        </Link>
      </h2>
      <p className={styles.handle}>
        <bdi>@{profile.username}</bdi>
      </p>
      {profile.bio && <WrittenText text={profile.bio} className={styles.bio} />}
      <ProfileCounts profile={profile} className={styles.counts} />
    </section>
  );
}
