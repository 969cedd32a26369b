import { textsNow } from '#texts';
import { LanguageSelect } from '../../../features/language/language-select.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { titled } from '../../../i18n/titled.ts';
import { signedInFor } from '../../../session/current-session.ts';

export const generateMetadata = titled('settings', 'language');

/** In which language one reads these pages. */
export default async function LanguagePage() {
  await signedInFor('/settings/language');
  const t = await textsNow('settings');
  return (
    <>
      <h1 className="page-title">{t('language')}</h1>
      <SettingsSection id="language" title={t('language')} lead={t('languageLead')}>
        <LanguageSelect />
      </SettingsSection>
    </>
  );
}
