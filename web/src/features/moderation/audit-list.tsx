import Link from 'next/link';
import { useTexts } from '#texts';
import { Time } from '../../ui/time.tsx';
import styles from './audit-list.module.css';
import type { AuditEntryFragment, Role } from './generated/documents.ts';

const DID = [
  'ROLE_SET',
  'ACCOUNT_SUSPENDED',
  'ACCOUNT_REINSTATED',
  'POST_REMOVED',
  'POST_RESTORED',
  'COMMENT_REMOVED',
  'COMMENT_RESTORED',
  'TWO_FACTOR_DROPPED',
] as const;

function Who({ person, nobody }: { person: AuditEntryFragment['actor']; nobody: string }) {
  if (!person) return <>{nobody}</>;
  return (
    <Link href={`/u/${encodeURIComponent(person.username)}`} prefetch={false}>
      <bdi>@{person.username}</bdi>
    </Link>
  );
}

/** Who did what to whom; of what this page does not know its name. */
function Deed({ entry }: { entry: AuditEntryFragment }) {
  const t = useTexts('moderation');
  const roleName = (role: Role | null) => (role ? t(role) : t('noRole'));
  const actor = () => <Who person={entry.actor} nobody={t('atServer')} />;
  const subject = () => <Who person={entry.subject} nobody={t('gone')} />;
  const did = DID.find((one) => one === entry.action);
  return (
    <p>
      {did && t.rich(did, { actor, subject })}
      {!did && (
        <>
          {actor()} {entry.action} {subject()}
        </>
      )}
      {entry.toRole && (
        <> {t('from', { fromRole: roleName(entry.fromRole), toRole: roleName(entry.toRole) })}</>
      )}
    </p>
  );
}

/** Entries of the audit log in the order given. */
export function AuditList({ entries }: { entries: AuditEntryFragment[] }) {
  return (
    <ol className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry}>
          <Deed entry={entry} />
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
