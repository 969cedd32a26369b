import type { Metadata } from 'next';
import { passkeyLine } from '../../../features/settings/passkey-line.ts';
import { Passkeys } from '../../../features/settings/passkeys.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { TwoFactor } from '../../../features/settings/two-factor.tsx';
import { ask } from '../../../gateway/client.ts';
import { SignInFactorsQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';

export const metadata: Metadata = { title: 'Security' };

/** How the signed-in person signs in. */
export default async function SecurityPage() {
  await signedInFor('/settings/security');
  const { data, faults } = await ask(SignInFactorsQuery, {}, await currentCaller());
  const account = data?.account;
  return (
    <>
      <h1 className="page-title">Security</h1>
      {account ? (
        <>
          <SettingsSection
            id="passkeys"
            title="Passkeys"
            lead="They sign you in with your fingerprint, your face or the lock of your device, without a password."
          >
            <Passkeys
              passkeys={account.passkeys.map((passkey) => passkeyLine(passkey))}
              withCode={account.twoFactorEnabled}
            />
          </SettingsSection>
          <SettingsSection id="two-factor" title="Two-factor authentication">
            <TwoFactor enabled={account.twoFactorEnabled} codesLeft={account.codesLeft} />
          </SettingsSection>
        </>
      ) : (
        <LoadFault faults={faults} href="/settings/security" />
      )}
    </>
  );
}
