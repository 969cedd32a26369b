import Link from 'next/link';
import { useTexts } from '#texts';
import { LanguageForm } from '../language/language-form.tsx';
import { MemberShortcuts } from './for-members.tsx';
import styles from './site-footer.module.css';

const TEXTS = [
  { href: '/about', label: 'about' },
  { href: '/rules', label: 'rules' },
  { href: '/terms', label: 'terms' },
  { href: '/privacy', label: 'privacy' },
] as const;

/** The end of every page: what whoever runs this site has to say. */
export function SiteFooter({ isMember }: { isMember: boolean }) {
  const t = useTexts('shell');
  return (
    <footer className="footer">
      <nav aria-label={t('aboutSite')} className={styles.texts}>
        {TEXTS.map(({ href, label }) => (
          <Link key={href} href={href} className={styles.link} prefetch={false}>
            {t(label)}
          </Link>
        ))}
      </nav>
      {isMember && <MemberShortcuts />}
      <LanguageForm />
      <p>{t('motto')}</p>
    </footer>
  );
}
