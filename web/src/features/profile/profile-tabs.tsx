import { useTexts } from '#texts';
import { NavLink } from '../../ui/nav-link.tsx';
import tabs from '../../ui/tabs.module.css';

/** What there is of somebody: a page each. */
export function ProfileTabs({ username }: { username: string }) {
  const t = useTexts('profile');
  const path = `/u/${encodeURIComponent(username)}`;
  return (
    <nav aria-label={t('profile')} className={tabs.tabs}>
      <NavLink href={path} className={tabs.tab}>
        {t('posts')}
      </NavLink>
      <NavLink href={`${path}/followers`} className={tabs.tab}>
        {t('followers')}
      </NavLink>
      <NavLink href={`${path}/following`} className={tabs.tab}>
        {t('following')}
      </NavLink>
    </nav>
  );
}
