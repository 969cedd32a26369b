import type { ReactNode } from 'react';
import { SettingsFrame } from '../../features/settings/settings-frame.tsx';
import { SettingsNav } from '../../features/settings/settings-nav.tsx';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <SettingsFrame nav={<SettingsNav />}>{children}</SettingsFrame>;
}
