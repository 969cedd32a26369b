import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** A box that says in plain words why there is nothing else here. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.notice}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The gateway does not answer. */
export function Unavailable({ href }: { href: string }) {
  return (
    <Notice title="We can’t reach SocialHub right now">
      <p>
        The page is fine, but the service behind it does not answer. It is usually back within a minute, and
        nothing of yours is lost.
      </p>
      <p>
        <a href={href} className="button primary">
          Try again
        </a>
      </p>
    </Notice>
  );
}
