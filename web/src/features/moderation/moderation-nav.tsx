import { useTexts } from '#texts';
import { NavLink } from '../../ui/nav-link.tsx';
import tabs from '../../ui/tabs.module.css';

/** The pages that are for admins. */
export function ModerationNav() {
  const t = useTexts('moderation');
  return (
    <nav aria-label={t('moderation')} className={tabs.tabs}>
      <NavLink href="/moderation" className={tabs.tab}>
        {t('auditLog')}
      </NavLink>
      <NavLink href="/moderation/erasures" className={tabs.tab}>
        {t('erasedAccounts')}
      </NavLink>
    </nav>
  );
}
