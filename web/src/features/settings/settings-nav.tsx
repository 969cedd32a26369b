import { textsNow } from '#texts';
import { currentRole } from '../../session/current-role.ts';
import { NavLink } from '../../ui/nav-link.tsx';
import styles from './settings-nav.module.css';

const PAGES = [
  { href: '/settings/profile', label: 'profile' },
  { href: '/settings/account', label: 'account' },
  { href: '/settings/security', label: 'security' },
  { href: '/settings/notifications', label: 'notifications' },
  { href: '/settings/follow-requests', label: 'followRequests' },
  { href: '/settings/muted', label: 'mutedPeople' },
  { href: '/settings/blocked', label: 'blockedPeople' },
  { href: '/settings/data', label: 'data' },
  { href: '/settings/language', label: 'language' },
] as const;

/** The pages of the settings, and what else admins have. */
export async function SettingsNav() {
  const t = await textsNow('settings');
  const admin = (await currentRole()) === 'ADMIN';
  return (
    <nav aria-label={t('settings')} className={styles.nav}>
      {PAGES.map(({ href, label }) => (
        <NavLink key={href} href={href} className={styles.link}>
          {t(label)}
        </NavLink>
      ))}
      {admin && (
        <NavLink href="/moderation" className={styles.link}>
          {t('auditLog')}
        </NavLink>
      )}
    </nav>
  );
}
