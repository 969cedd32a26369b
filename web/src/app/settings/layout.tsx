import type { ReactNode } from 'react';
import { SettingsFrame } from '../../features/settings/settings-frame.tsx';
import { SettingsNav } from '../../features/settings/settings-nav.tsx';
import { ClientTexts } from '../../i18n/client-texts.tsx';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <ClientTexts rooms={['settings', 'session']}>
      <SettingsFrame nav={<SettingsNav />}>{children}</SettingsFrame>
    </ClientTexts>
  );
}
