import type { ReactNode } from 'react';
import { ModerationNav } from '../../features/moderation/moderation-nav.tsx';

export default function ModerationLayout({ children }: { children: ReactNode }) {
  return (
    <div className="column">
      <ModerationNav />
      {children}
    </div>
  );
}
