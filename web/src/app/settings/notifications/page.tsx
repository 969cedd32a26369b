import { textsNow } from '#texts';
import { NotificationPreferencesForm } from '../../../features/notifications/notification-preferences-form.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { NotificationPreferencesQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const generateMetadata = titled('settings', 'notifications');

const path = '/settings/notifications';

/** Of whose doing the signed-in person is notified. */
export default async function NotificationSettingsPage() {
  const t = await textsNow('settings');
  const { data, faults } = await askSignedIn(path, NotificationPreferencesQuery, {});
  const preferences = data?.notificationPreferences;
  return (
    <>
      <h1 className="page-title">{t('notifications')}</h1>
      {preferences ? (
        <SettingsSection id="from-whom" title={t('fromWhom')} lead={t('fromWhomLead')}>
          <NotificationPreferencesForm preferences={preferences} />
        </SettingsSection>
      ) : (
        <LoadFault faults={faults} href={path} />
      )}
    </>
  );
}
