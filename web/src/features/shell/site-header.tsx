import Link from 'next/link';
import type { ReactNode } from 'react';
import { signOut } from '../../actions/sign-out.ts';
import { Avatar } from '../../components/avatar.tsx';
import { NavLink } from '../../components/nav-link.tsx';
import { SearchIcon } from '../../components/search-icon.tsx';
import type { Session } from '../../session/current-session.ts';
import { Logo } from './logo.tsx';
import styles from './site-header.module.css';

/** The banner of every page: where one is, and who; with the ways to search and to their notifications. */
export function SiteHeader({ session, notifications }: { session: Session; notifications: ReactNode }) {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link href="/" className={styles.brand} prefetch={false} aria-label="SocialHub, to the start page">
          <Logo />
        </Link>
        <nav aria-label="Main" className={styles.nav}>
          {session.state === 'signedIn' && (
            <NavLink href="/" className={`${styles.link} ${styles.home}`}>
              Home
            </NavLink>
          )}
          <NavLink href="/explore" className={styles.link}>
            Explore
          </NavLink>
        </nav>
        <div className={styles.account}>
          {session.state === 'signedIn' && (
            <>
              <NavLink href="/search" className={`${styles.link} ${styles.icon}`}>
                <span className="visually-hidden">Search</span>
                <SearchIcon />
              </NavLink>
              {notifications}
              {session.viewer && (
                <NavLink href="/settings/account" className={styles.me}>
                  <Avatar person={session.viewer} size={32} />
                  <span className={styles.name}>
                    <span className="visually-hidden">Your settings, signed in as </span>
                    {session.viewer.displayName}
                  </span>
                </NavLink>
              )}
              <form action={signOut}>
                <button type="submit" className="button quiet">
                  Sign out
                </button>
              </form>
            </>
          )}
          {(session.state === 'signedOut' || session.state === 'refused') && (
            <>
              <Link href="/sign-in" className="button quiet" prefetch={false}>
                Sign in
              </Link>
              <Link href="/sign-up" className="button primary" prefetch={false}>
                Sign up
              </Link>
            </>
          )}
        </div>
      </div>
    </header>
  );
}
