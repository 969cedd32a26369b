import type { Metadata } from 'next';
import { cursorFrom, PAGE_SIZE } from '../../features/feed/timeline-page.ts';
import { AdminPage } from '../../features/moderation/admin-page.tsx';
import { AuditList } from '../../features/moderation/audit-list.tsx';
import { ask } from '../../gateway/client.ts';
import { AuditLogQuery } from '../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../session/current-session.ts';

export const metadata: Metadata = { title: 'Audit log' };

/** What moderators and admins did, for admins. */
export default async function AuditLogPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await signedInFor('/moderation');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await ask(AuditLogQuery, { first: PAGE_SIZE, after }, await currentCaller());
  return (
    <AdminPage
      title="Audit log"
      lead="What moderators and admins did, newest first."
      none="Nobody has moderated anything so far."
      path="/moderation"
      older="Older entries"
      page={data?.auditLog}
      faults={faults}
    >
      {(nodes) => <AuditList entries={nodes} />}
    </AdminPage>
  );
}
