import type { Metadata } from 'next';
import { deactivate, deleteAccount } from '../../../features/settings/close-account.action.ts';
import { CloseAccountForm } from '../../../features/settings/close-account-form.tsx';
import { DataExportStanding } from '../../../features/settings/data-export.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { messageOf } from '../../../forms/form-state.ts';
import { ask } from '../../../gateway/client.ts';
import { DataExportQuery, SignInFactorsQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';

export const metadata: Metadata = { title: 'Your data' };

/** Taking one's data along, taking a break, and leaving for good. */
export default async function DataPage() {
  await signedInFor('/settings/data');
  const caller = await currentCaller();
  const [{ data, faults }, factors] = await Promise.all([
    ask(DataExportQuery, {}, caller),
    ask(SignInFactorsQuery, {}, caller),
  ]);
  const withCode = factors.data?.account?.twoFactorEnabled === true;
  return (
    <>
      <h1 className="page-title">Your data</h1>
      <SettingsSection
        id="export"
        title="A copy of your data"
        lead="One archive of all that SocialHub keeps of you: what you wrote, and the pictures that you sent."
      >
        {data && faults.length === 0 ? (
          <DataExportStanding archive={data.dataExport} />
        ) : (
          <p>{messageOf(faults[0])}</p>
        )}
      </SettingsSection>
      <SettingsSection
        id="deactivate"
        title="Take a break"
        lead="Nobody sees you or what you wrote until you sign in again. Nothing is lost."
      >
        <CloseAccountForm
          scope="deactivate"
          close={deactivate}
          label="Deactivate my account"
          withCode={withCode}
        />
      </SettingsSection>
      <SettingsSection
        id="delete"
        title="Delete your account"
        lead="You are hidden at once. After 30 days the account and all that is kept of you is erased, everywhere, and nobody can bring it back. Until then, signing in keeps it."
      >
        <CloseAccountForm
          scope="delete"
          close={deleteAccount}
          label="Delete my account"
          withCode={withCode}
        />
      </SettingsSection>
    </>
  );
}
