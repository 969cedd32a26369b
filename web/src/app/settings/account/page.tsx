import { textsNow } from '#texts';
import { AccountEmail } from '../../../features/settings/account-email.tsx';
import { ChangePasswordForm } from '../../../features/settings/change-password-form.tsx';
import { sessionLine } from '../../../features/settings/session-line.ts';
import { SessionList } from '../../../features/settings/session-list.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { AccountQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const generateMetadata = titled('settings', 'account');

/** The signed-in person's email address, password and devices. */
export default async function AccountPage() {
  const t = await textsNow('settings');
  const { data, faults } = await askSignedIn('/settings/account', AccountQuery, {});
  const account = data?.account;
  return (
    <>
      <h1 className="page-title">{t('account')}</h1>
      {account ? (
        <>
          <AccountEmail account={account} />
          <SettingsSection id="password" title={t('password')}>
            <ChangePasswordForm withCode={account.twoFactorEnabled} />
          </SettingsSection>
          <SettingsSection id="devices" title={t('devices')} lead={t('devicesLead')}>
            <SessionList sessions={account.sessions.edges.map(({ node }) => sessionLine(t, node))} />
          </SettingsSection>
        </>
      ) : (
        <LoadFault faults={faults} href="/settings/account" />
      )}
    </>
  );
}
