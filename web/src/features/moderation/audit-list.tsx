import Link from 'next/link';
import { Time } from '../../ui/time.tsx';
import styles from './audit-list.module.css';
import type { AuditEntryFragment, Role } from './generated/documents.ts';
import { ROLE_NAMES } from './role-names.ts';

const DID: Record<string, string> = {
  ROLE_SET: 'set the role of',
  ACCOUNT_SUSPENDED: 'suspended',
  ACCOUNT_REINSTATED: 'reinstated',
  POST_REMOVED: 'removed a post of',
  POST_RESTORED: 'brought back a post of',
  COMMENT_REMOVED: 'removed a comment of',
  COMMENT_RESTORED: 'brought back a comment of',
  TWO_FACTOR_DROPPED: 'turned off two-factor authentication of',
};

const roleName = (role: Role | null) => (role ? ROLE_NAMES[role] : 'none');

function Who({ person, nobody }: { person: AuditEntryFragment['actor']; nobody: string }) {
  if (!person) return <>{nobody}</>;
  return (
    <Link href={`/u/${encodeURIComponent(person.username)}`} prefetch={false}>
      @{person.username}
    </Link>
  );
}

/** Entries of the audit log in the order given. */
export function AuditList({ entries }: { entries: AuditEntryFragment[] }) {
  return (
    <ol className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry}>
          <p>
            <Who person={entry.actor} nobody="Somebody at the server" /> {DID[entry.action] ?? entry.action}{' '}
            <Who person={entry.subject} nobody="somebody who is gone" />
            {entry.toRole && (
              <>
                {' '}
                from {roleName(entry.fromRole)} to {roleName(entry.toRole)}
              </>
            )}
          </p>
          {entry.reason && (
            <p className={styles.reason}>
              <bdi>{entry.reason}</bdi>
            </p>
          )}
          <p className={styles.time}>
            <Time of={entry.createdAt} as="exact" />
          </p>
        </li>
      ))}
    </ol>
  );
}
