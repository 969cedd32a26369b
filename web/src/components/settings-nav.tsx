import { currentRole } from '../session/current-role.ts';
import tabs from '../ui/tabs.module.css';
import { NavLink } from './nav-link.tsx';

const PAGES = [
  { href: '/settings/profile', label: 'Profile' },
  { href: '/settings/account', label: 'Account' },
  { href: '/settings/security', label: 'Security' },
  { href: '/settings/bookmarks', label: 'Bookmarks' },
  { href: '/settings/follow-requests', label: 'Follow requests' },
  { href: '/settings/muted', label: 'Muted people' },
  { href: '/settings/blocked', label: 'Blocked people' },
  { href: '/settings/data', label: 'Your data' },
];

/** The pages of the settings, and what else admins have. */
export async function SettingsNav() {
  const admin = (await currentRole()) === 'ADMIN';
  return (
    <nav aria-label="Settings" className={tabs.tabs}>
      {PAGES.map(({ href, label }) => (
        <NavLink key={href} href={href} className={tabs.tab}>
          {label}
        </NavLink>
      ))}
      {admin && (
        <NavLink href="/moderation" className={tabs.tab}>
          Audit log
        </NavLink>
      )}
    </nav>
  );
}
