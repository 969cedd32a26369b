import { textsNow } from '#texts';
import { passkeyLine } from '../../../features/settings/passkey-line.ts';
import { Passkeys } from '../../../features/settings/passkeys.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { TwoFactor } from '../../../features/settings/two-factor.tsx';
import { SignInFactorsQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const generateMetadata = titled('settings', 'security');

/** How the signed-in person signs in. */
export default async function SecurityPage() {
  const t = await textsNow('settings');
  const { data, faults } = await askSignedIn('/settings/security', SignInFactorsQuery, {});
  const account = data?.account;
  return (
    <>
      <h1 className="page-title">{t('security')}</h1>
      {account ? (
        <>
          <SettingsSection id="passkeys" title={t('passkeys')} lead={t('passkeysLead')}>
            <Passkeys
              passkeys={account.passkeys.map((passkey) => passkeyLine(passkey))}
              withCode={account.twoFactorEnabled}
            />
          </SettingsSection>
          <SettingsSection id="two-factor" title={t('twoFactorAuthentication')}>
            <TwoFactor enabled={account.twoFactorEnabled} codesLeft={account.codesLeft} />
          </SettingsSection>
        </>
      ) : (
        <LoadFault faults={faults} href="/settings/security" />
      )}
    </>
  );
}
