import { NavLink } from './nav-link.tsx';
import styles from './settings.module.css';

const PAGES = [
  { href: '/settings/account', label: 'Account' },
  { href: '/settings/security', label: 'Security' },
  { href: '/settings/blocked', label: 'Blocked people' },
  { href: '/settings/data', label: 'Your data' },
];

/** The pages of the settings. */
export function SettingsNav() {
  return (
    <nav aria-label="Settings" className={styles.nav}>
      {PAGES.map(({ href, label }) => (
        <NavLink key={href} href={href} className={styles.link}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
