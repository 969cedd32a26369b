import { textsNow } from '#texts';
import { Banner } from '../../../features/profile/banner.tsx';
import { EditProfileForm } from '../../../features/profile/edit-profile-form.tsx';
import { ProfilePicture } from '../../../features/profile/profile-picture.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { EditableProfileQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const generateMetadata = titled('settings', 'profile');

/** How the signed-in person is seen, to change it. */
export default async function EditProfilePage() {
  const t = await textsNow('settings');
  const { data, faults } = await askSignedIn('/settings/profile', EditableProfileQuery, {});
  const profile = data?.viewer;
  return (
    <>
      <h1 className="page-title">{t('profile')}</h1>
      {profile ? (
        <>
          <SettingsSection id="picture-title" title={t('picture')}>
            <ProfilePicture kind="avatar" hasOne={profile.avatar !== null}>
              <Avatar person={profile} size={96} />
            </ProfilePicture>
          </SettingsSection>
          <SettingsSection id="banner-title" title={t('banner')} lead={t('bannerLead')}>
            <ProfilePicture kind="banner" hasOne={profile.banner !== null}>
              <Banner banner={profile.banner} />
            </ProfilePicture>
          </SettingsSection>
          <SettingsSection id="about" title={t('howPeopleSee')}>
            <EditProfileForm
              displayName={profile.displayName}
              bio={profile.bio ?? ''}
              isPrivate={profile.isPrivate}
            />
          </SettingsSection>
        </>
      ) : (
        <LoadFault faults={faults} href="/settings/profile" />
      )}
    </>
  );
}
