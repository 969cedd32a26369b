import { NavLink } from './nav-link.tsx';
import styles from './settings.module.css';

/** The pages that are for admins. */
export function ModerationNav() {
  return (
    <nav aria-label="Moderation" className={styles.nav}>
      <NavLink href="/moderation" className={styles.link}>
        Audit log
      </NavLink>
      <NavLink href="/moderation/erasures" className={styles.link}>
        Erased accounts
      </NavLink>
    </nav>
  );
}
