import { currentRole } from '../../session/current-role.ts';
import { NavLink } from '../../ui/nav-link.tsx';
import styles from './settings-nav.module.css';

const PAGES = [
  { href: '/settings/profile', label: 'Profile' },
  { href: '/settings/account', label: 'Account' },
  { href: '/settings/security', label: 'Security' },
  { href: '/settings/follow-requests', label: 'Follow requests' },
  { href: '/settings/muted', label: 'Muted people' },
  { href: '/settings/blocked', label: 'Blocked people' },
  { href: '/settings/data', label: 'Your data' },
];

/** The pages of the settings, and what else admins have. */
export async function SettingsNav() {
  const admin = (await currentRole()) === 'ADMIN';
  return (
    <nav aria-label="Settings" className={styles.nav}>
      {PAGES.map(({ href, label }) => (
        <NavLink key={href} href={href} className={styles.link}>
          {label}
        </NavLink>
      ))}
      {admin && (
        <NavLink href="/moderation" className={styles.link}>
          Audit log
        </NavLink>
      )}
    </nav>
  );
}
