import { NavLink } from '../../ui/nav-link.tsx';
import tabs from '../../ui/tabs.module.css';

/** What there is of somebody: a page each. */
export function ProfileTabs({ username }: { username: string }) {
  const path = `/u/${encodeURIComponent(username)}`;
  return (
    <nav aria-label="Profile" className={tabs.tabs}>
      <NavLink href={path} className={tabs.tab}>
        Posts
      </NavLink>
      <NavLink href={`${path}/followers`} className={tabs.tab}>
        Followers
      </NavLink>
      <NavLink href={`${path}/following`} className={tabs.tab}>
        Following
      </NavLink>
    </nav>
  );
}
