import type { Metadata } from 'next';
import { signedInFor } from '../../session/current-session.ts';

export const metadata: Metadata = { title: 'Settings' };

/** The way to all settings, which the frame of these pages has. */
export default async function SettingsPage() {
  await signedInFor('/settings');
  return (
    <>
      <h1 className="page-title">Settings</h1>
      <p className="page-lead">
        How people see you, how you sign in, whom you do not want to hear of, and what is yours.
      </p>
    </>
  );
}
