import Link from 'next/link';
import { Shortcuts } from './shortcuts.tsx';
import styles from './site-footer.module.css';

const TEXTS = [
  { href: '/about', label: 'About' },
  { href: '/rules', label: 'Rules' },
  { href: '/terms', label: 'Terms' },
  { href: '/privacy', label: 'Privacy' },
];

/** The end of every page: what whoever runs this site has to say. */
export function SiteFooter({ isMember }: { isMember: boolean }) {
  return (
    <footer className="footer">
      <nav aria-label="About this site" className={styles.texts}>
        {TEXTS.map(({ href, label }) => (
          <Link key={href} href={href} className={styles.link} prefetch={false}>
            {label}
          </Link>
        ))}
      </nav>
      {isMember && <Shortcuts />}
      <p>SocialHub · a social network of your own</p>
    </footer>
  );
}
