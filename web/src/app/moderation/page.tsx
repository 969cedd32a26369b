import { textsNow } from '#texts';
import { cursorFrom, PAGE_SIZE } from '../../features/feed/timeline-page.ts';
import { AdminPage } from '../../features/moderation/admin-page.tsx';
import { AuditList } from '../../features/moderation/audit-list.tsx';
import { AuditLogQuery } from '../../gateway/operations.ts';
import { titled } from '../../i18n/titled.ts';
import { askSignedIn } from '../../session/current-session.ts';

export const generateMetadata = titled('moderation', 'auditLog');

/** What moderators and admins did, for admins. */
export default async function AuditLogPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('moderation');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/moderation', AuditLogQuery, { first: PAGE_SIZE, after });
  return (
    <AdminPage
      title={t('auditLog')}
      lead={t('whatModeratorsAdminsDid')}
      none={t('nothingModerated')}
      path="/moderation"
      older={t('olderEntries')}
      page={data?.auditLog}
      faults={faults}
    >
      {(nodes) => <AuditList entries={nodes} />}
    </AdminPage>
  );
}
