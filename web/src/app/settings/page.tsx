import { textsNow } from '#texts';
import { titled } from '../../i18n/titled.ts';
import { signedInFor } from '../../session/current-session.ts';

export const generateMetadata = titled('settings', 'settings');

/** The way to all settings, which the frame of these pages has. */
export default async function SettingsPage() {
  const t = await textsNow('settings');
  await signedInFor('/settings');
  return (
    <>
      <h1 className="page-title">{t('settings')}</h1>
      <p className="page-lead">{t('lead')}</p>
    </>
  );
}
