import type { ReactNode } from 'react';
import { tellUnavailable } from '../gateway/page-status.ts';
import { ComeBack } from './come-back.tsx';
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

/** The gateway does not answer: the page says so, with the status of such an answer, and comes back by itself. */
export function Unavailable({ href }: { href: string }) {
  tellUnavailable();
  return (
    <Notice title="We can’t reach SocialHub right now">
      <p>
        The page is fine, but the service behind it does not answer. It is usually back within a minute, and
        nothing of yours is lost. This page comes back by itself.
      </p>
      <ComeBack />
      <p>
        <a href={href} className="button primary">
          Try again
        </a>
      </p>
    </Notice>
  );
}
