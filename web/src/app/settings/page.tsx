import { redirect } from 'next/navigation';

/** The settings begin with the account. */
export default function SettingsPage() {
  redirect('/settings/account');
}
