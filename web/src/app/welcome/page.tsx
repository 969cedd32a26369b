import Link from 'next/link';
import { textsNow } from '#texts';
import { PeopleList } from '../../features/profile/people-list.tsx';
import { authorsToFollow } from '../../features/profile/people-to-follow.ts';
import { ProfilePicture } from '../../features/profile/profile-picture.tsx';
import { ResendMail } from '../../features/session/resend-mail.tsx';
import { SettingsSection } from '../../features/settings/settings-section.tsx';
import { WelcomeQuery } from '../../gateway/operations.ts';
import { MEMBER_ROOMS } from '../../i18n/client-rooms.ts';
import { ClientTexts } from '../../i18n/client-texts.tsx';
import { titled } from '../../i18n/titled.ts';
import { askSignedIn } from '../../session/current-session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { LoadFault } from '../../ui/load-fault.tsx';

export const generateMetadata = titled('session', 'welcome');

const proposes = 8;
/** Of how many of the latest posts the authors are looked at. */
const looksAt = 40;

/** What helps somebody who is new: all of it can wait, and is found under Settings later. */
export default async function WelcomePage() {
  const t = await textsNow('session');
  const { data, faults } = await askSignedIn('/welcome', WelcomeQuery, { latest: looksAt });
  const viewer = data?.viewer;
  if (!viewer) {
    return (
      <div className="column">
        <h1 className="page-title">{t('welcome')}</h1>
        <LoadFault faults={faults} href="/welcome" />
      </div>
    );
  }
  const people = authorsToFollow(data.latest, viewer.id, proposes);
  return (
    <ClientTexts rooms={[...MEMBER_ROOMS, 'session', 'settings']}>
      <div className="column">
        <h1 className="page-title">
          {t.rich('welcomeWhom', { name: () => <bdi>{viewer.displayName}</bdi> })}
        </h1>
        <p className="page-lead">
          {t('welcomeLead')}{' '}
          <Link href="/" prefetch={false}>
            {t('goHomePage')}
          </Link>
        </p>
        {data.account && !data.account.emailVerified && (
          <SettingsSection id="confirm" title={t('confirmAddress')} lead={t('confirmMailSent')}>
            <ResendMail />
          </SettingsSection>
        )}
        <SettingsSection id="picture-title" title={t('addPicture')} lead={t('soPeopleKnowAgain')}>
          <ProfilePicture kind="avatar" hasOne={viewer.avatar !== null}>
            <Avatar person={viewer} size={96} />
          </ProfilePicture>
        </SettingsSection>
        {people.length > 0 && (
          <SettingsSection id="follow" title={t('followPeople')} lead={t('followLead')}>
            <PeopleList people={people} label={t('peopleFollow')} />
          </SettingsSection>
        )}
        <p className="section-title">
          <Link href="/" className="button primary large" prefetch={false}>
            {t('done')}
          </Link>
        </p>
      </div>
    </ClientTexts>
  );
}
