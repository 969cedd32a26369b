import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Session, Viewer } from '../../session/current-session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { CompassIcon, HomeIcon, LensIcon, PenIcon, SavedIcon, SlidersIcon } from '../../ui/icons.tsx';
import { NavItem } from '../../ui/nav-item.tsx';
import { NavLink } from '../../ui/nav-link.tsx';
import { NewPostLink } from '../composer/new-post-link.tsx';
import { Logo } from './logo.tsx';
import { MoreMenu } from './more-menu.tsx';
import styles from './shell.module.css';
import { SignOutForm } from './sign-out-form.tsx';

/** The banner of every page: where one is, and who. For members it has the whole navigation; `children` are the ways that are live. */
export function SiteHeader({ session, children }: { session: Session; children: ReactNode }) {
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand} prefetch={false} aria-label="SocialHub, to the start page">
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
  return (
    <>
      <nav aria-label="Main" className={styles.visitorNav}>
        <NavLink href="/explore" className={styles.visitorLink}>
          Explore
        </NavLink>
      </nav>
      {canSignIn && (
        <div className={styles.account}>
          <Link href="/sign-in" className="button quiet" prefetch={false}>
            Sign in
          </Link>
          <Link href="/sign-up" className="button primary" prefetch={false}>
            Sign up
          </Link>
        </div>
      )}
    </>
  );
}

function MemberNav({ viewer, children }: { viewer: Viewer | null; children: ReactNode }) {
  return (
    <>
      <nav aria-label="Main" className={styles.nav}>
        <NavItem href="/" label="Home" icon={<HomeIcon />} />
        <NavItem href="/explore" label="Explore" icon={<CompassIcon />} />
        <NavItem href="/search" label="Search" icon={<LensIcon />} className={styles.atTop} />
        {children}
        <NavItem href="/bookmarks" label="Bookmarks" icon={<SavedIcon />} className={styles.wide} />
        {viewer && <OwnProfile viewer={viewer} />}
        <NavItem href="/settings" label="Settings" icon={<SlidersIcon />} hasPages className={styles.wide} />
      </nav>
      <NewPostLink className={`button primary ${styles.compose}`}>
        <PenIcon />
        <span>New post</span>
      </NewPostLink>
      <div className={styles.signOut}>
        <SignOutForm />
      </div>
      <MoreMenu>
        <SignOutForm />
      </MoreMenu>
    </>
  );
}

function OwnProfile({ viewer }: { viewer: Viewer }) {
  return (
    <NavItem
      href={`/u/${encodeURIComponent(viewer.username)}`}
      hasPages
      label={
        <>
          <span className="visually-hidden">Your profile, signed in as </span>
          <bdi>{viewer.displayName}</bdi>
        </>
      }
      icon={<Avatar person={viewer} size={32} />}
      className={styles.me}
    />
  );
}
