import type { Metadata } from 'next';
import { EditProfileForm } from '../../../features/profile/edit-profile-form.tsx';
import { ProfilePicture } from '../../../features/profile/profile-picture.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { ask } from '../../../gateway/client.ts';
import { EditableProfileQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const metadata: Metadata = { title: 'Profile' };

/** How the signed-in person is seen, to change it. */
export default async function EditProfilePage() {
  await signedInFor('/settings/profile');
  const { data, faults } = await ask(EditableProfileQuery, {}, await currentCaller());
  const profile = data?.viewer;
  return (
    <>
      <h1 className="page-title">Profile</h1>
      {profile ? (
        <>
          <SettingsSection id="picture-title" title="Your picture">
            <ProfilePicture person={profile} />
          </SettingsSection>
          <SettingsSection id="about" title="How people see you">
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
