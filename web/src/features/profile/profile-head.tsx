import Link from 'next/link';
import { useTexts } from '#texts';
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
  const t = useTexts('profile');
  const { viewerRelationship: relation } = profile;
  return (
    <section className={styles.head} aria-label={t('profile')}>
      {profile.banner?.url && (
        <div className={styles.banner}>
          <Banner banner={profile.banner} />
        </div>
      )}
      <div className={styles.top}>
        <Avatar person={profile} size={96} />
        {isSelf && (
          <Link href="/settings/profile" className="button" prefetch={false}>
            {t('editProfile')}
          </Link>
        )}
        {isVisitor && (
          <Link
            href={`/sign-in?${new URLSearchParams({ to: `/u/${encodeURIComponent(profile.username)}` })}`}
            className="button primary"
            prefetch={false}
          >
            {t('signInFollow')}
          </Link>
        )}
      </div>
      <h1 className={styles.name}>
        <bdi>{profile.displayName}</bdi>
      </h1>
      <p className={styles.handle}>
        <bdi>@{profile.username}</bdi>
        {profile.isPrivate && t('markPrivate')}
        {relation?.followedBy && t('markFollows')}
      </p>
      {profile.bio && <WrittenText text={profile.bio} className={styles.bio} />}
      <ProfileCounts profile={profile} className={styles.counts} />
      {relation && (
        <>
          {relation.blocking && <p className={styles.blocked}>{t('blocked')}</p>}
          {relation.muting && (
            <p className={styles.blocked}>
              {t.rich('mutedUntil', {
                terms: () => (
                  <MuteTerms
                    mutedUntil={relation.mutedUntil}
                    mutingNotifications={relation.mutingNotifications}
                  />
                ),
              })}
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
