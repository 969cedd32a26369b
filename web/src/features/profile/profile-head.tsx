import Link from 'next/link';
import { Avatar } from '../../ui/avatar.tsx';
import { WrittenText } from '../../ui/written-text.tsx';
import type { StandingFragment } from '../relationships/generated/standing.ts';
import { MuteTerms } from '../relationships/mute-terms.tsx';
import { Banner } from './banner.tsx';
import { MemberActs } from './for-members.tsx';
import type { ProfileQuery } from './generated/documents.ts';
import { ProfileCounts } from './profile-counts.tsx';
import styles from './profile-head.module.css';

/** Who somebody is, and how the viewer stands to them. */
export function ProfileHead({
  profile,
  isSelf,
  isVisitor,
}: {
  profile: NonNullable<ProfileQuery['user']>;
  isSelf: boolean;
  /** Nobody is signed in. */
  isVisitor: boolean;
}) {
  const { viewerRelationship: relation } = profile;
  return (
    <section className={styles.head} aria-label="Profile">
      {profile.banner?.url && (
        <div className={styles.banner}>
          <Banner banner={profile.banner} />
        </div>
      )}
      <div className={styles.top}>
        <Avatar person={profile} size={96} />
        {isSelf && (
          <Link href="/settings/profile" className="button" prefetch={false}>
            Edit profile
          </Link>
        )}
        {isVisitor && (
          <Link
            href={`/sign-in?${new URLSearchParams({ to: `/u/${encodeURIComponent(profile.username)}` })}`}
            className="button primary"
            prefetch={false}
          >
            Sign in to follow
          </Link>
        )}
      </div>
      <h1 className={styles.name}>
        <bdi>{profile.displayName}</bdi>
      </h1>
      <p className={styles.handle}>
        @{profile.username}
        {profile.isPrivate && ' · private account'}
        {relation?.followedBy && ' · follows you'}
      </p>
      {profile.bio && <WrittenText text={profile.bio} className={styles.bio} />}
      <ProfileCounts profile={profile} className={styles.counts} />
      {relation && (
        <>
          {relation.blocking && (
            <p className={styles.blocked}>
              You block this person: neither of you sees what the other writes.
            </p>
          )}
          {relation.muting && (
            <p className={styles.blocked}>
              Muted{' '}
              <MuteTerms
                mutedUntil={relation.mutedUntil}
                mutingNotifications={relation.mutingNotifications}
              />
              : nothing of theirs is in your home timeline.
            </p>
          )}
          <MemberActs name={profile.displayName} standing={standingOf(profile, relation)} />
        </>
      )}
    </section>
  );
}

type Profile = NonNullable<ProfileQuery['user']>;

/** No more of them than it takes is sent along. */
const standingOf = (
  { __typename, id, isPrivate }: Profile,
  viewerRelationship: NonNullable<Profile['viewerRelationship']>,
): StandingFragment => ({ __typename, id, isPrivate, viewerRelationship });
