import type { Metadata } from 'next';
import { AccountEmail } from '../../../components/account-email.tsx';
import { ChangePasswordForm } from '../../../components/change-password-form.tsx';
import { LoadFault } from '../../../components/load-fault.tsx';
import { SessionList } from '../../../components/session-list.tsx';
import { SettingsSection } from '../../../components/settings-section.tsx';
import { ask } from '../../../gateway/client.ts';
import { AccountQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';
import { sessionLine } from '../../../session/session-line.ts';

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
