import type { ReactNode } from 'react';
import { SettingsNav } from '../../components/settings-nav.tsx';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="column">
      <SettingsNav />
      {children}
    </div>
  );
}
