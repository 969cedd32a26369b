import type { Metadata } from 'next';
import { AccountEmail } from '../../../features/settings/account-email.tsx';
import { ChangePasswordForm } from '../../../features/settings/change-password-form.tsx';
import { sessionLine } from '../../../features/settings/session-line.ts';
import { SessionList } from '../../../features/settings/session-list.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { ask } from '../../../gateway/client.ts';
import { AccountQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const metadata: Metadata = { title: 'Account' };

/** The signed-in person's email address, password and devices. */
export default async function AccountPage() {
  await signedInFor('/settings/account');
  const { data, faults } = await ask(AccountQuery, {}, await currentCaller());
  const account = data?.account;
  return (
    <>
      <h1 className="page-title">Account</h1>
      {account ? (
        <>
          <AccountEmail account={account} />
          <SettingsSection id="password" title="Password">
            <ChangePasswordForm withCode={account.twoFactorEnabled} />
          </SettingsSection>
          <SettingsSection
            id="devices"
            title="Devices"
            lead="Where you are signed in. Sign out what you do not know, and change your password then."
          >
            <SessionList sessions={account.sessions.edges.map(({ node }) => sessionLine(node))} />
          </SettingsSection>
        </>
      ) : (
        <LoadFault faults={faults} href="/settings/account" />
      )}
    </>
  );
}
