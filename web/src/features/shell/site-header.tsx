import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import type { Session, Viewer } from '../../session/current-session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { CompassIcon, HomeIcon, LensIcon, PenIcon, SavedIcon, SlidersIcon } from '../../ui/icons.tsx';
import { NavLink } from '../../ui/nav-link.tsx';
import { MemberMoreMenu, MemberNavItem, MemberNewPostLink } from './for-members.tsx';
import { Logo } from './logo.tsx';
import styles from './shell.module.css';
import { SignOutForm } from './sign-out-form.tsx';

/** The banner of every page: where one is, and who. For members it has the whole navigation; `children` are the ways that are live. */
export function SiteHeader({ session, children }: { session: Session; children: ReactNode }) {
  const t = useTexts('shell');
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand} prefetch={false} aria-label={t('brand')}>
        <Logo />
      </Link>
      {session.state === 'signedIn' ? (
        <MemberNav viewer={session.viewer}>{children}</MemberNav>
      ) : (
        <VisitorNav canSignIn={session.state !== 'unavailable'} />
      )}
    </header>
  );
}

function VisitorNav({ canSignIn }: { canSignIn: boolean }) {
  const t = useTexts('shell');
  return (
    <>
      <nav aria-label={t('main')} className={styles.visitorNav}>
        <NavLink href="/explore" className={styles.visitorLink}>
          <span className={styles.visitorIcon}>
            <CompassIcon />
          </span>
          <span className={styles.visitorLabel}>{t('explore')}</span>
        </NavLink>
      </nav>
      {canSignIn && (
        <div className={styles.account}>
          <Link href="/sign-in" className="button quiet" prefetch={false}>
            {t('signIn')}
          </Link>
          <Link href="/sign-up" className="button primary" prefetch={false}>
            {t('signUp')}
          </Link>
        </div>
      )}
    </>
  );
}

function MemberNav({ viewer, children }: { viewer: Viewer | null; children: ReactNode }) {
  const t = useTexts('shell');
  return (
    <>
      <nav aria-label={t('main')} className={styles.nav}>
        <MemberNavItem href="/" label={t('home')} icon={<HomeIcon />} />
        <MemberNavItem href="/explore" label={t('explore')} icon={<CompassIcon />} />
        <MemberNavItem href="/search" label={t('search')} icon={<LensIcon />} className={styles.atTop} />
        {children}
        <MemberNavItem
          href="/bookmarks"
          label={t('bookmarks')}
          icon={<SavedIcon />}
          className={styles.wide}
        />
        {viewer && <OwnProfile viewer={viewer} />}
        <MemberNavItem
          href="/settings"
          label={t('settings')}
          icon={<SlidersIcon />}
          hasPages
          className={styles.wide}
        />
      </nav>
      <MemberNewPostLink className={`button primary ${styles.compose}`}>
        <PenIcon />
        <span>{t('newPost')}</span>
      </MemberNewPostLink>
      <div className={styles.signOut}>
        <SignOutForm />
      </div>
      <MemberMoreMenu>
        <SignOutForm />
      </MemberMoreMenu>
    </>
  );
}

function OwnProfile({ viewer }: { viewer: Viewer }) {
  const t = useTexts('shell');
  return (
    <MemberNavItem
      href={`/u/${encodeURIComponent(viewer.username)}`}
      hasPages
      label={t.rich('ownProfile', {
        said: (text) => <span className="visually-hidden">{text}</span>,
        name: () => <bdi>{viewer.displayName}</bdi>,
      })}
      icon={<Avatar person={viewer} size={32} />}
      className={styles.me}
    />
  );
}
