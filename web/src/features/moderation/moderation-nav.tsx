import { NavLink } from '../../ui/nav-link.tsx';
import tabs from '../../ui/tabs.module.css';

/** The pages that are for admins. */
export function ModerationNav() {
  return (
    <nav aria-label="Moderation" className={tabs.tabs}>
      <NavLink href="/moderation" className={tabs.tab}>
        Audit log
      </NavLink>
      <NavLink href="/moderation/erasures" className={tabs.tab}>
        Erased accounts
      </NavLink>
    </nav>
  );
}
