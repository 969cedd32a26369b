import type { Metadata } from 'next';
import { AdminFault } from '../../components/admin-fault.tsx';
import { AuditList } from '../../components/audit-list.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Notice } from '../../components/notice.tsx';
import { ask } from '../../gateway/client.ts';
import { AuditLogQuery } from '../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../session/current-session.ts';
import { cursorFrom, PAGE_SIZE } from '../../timeline-page.ts';

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
  const page = data?.auditLog;
  return (
    <>
      <h1 className="page-title">Audit log</h1>
      {page ? (
        <>
          <p className="page-lead">What moderators and admins did, newest first.</p>
          {page.edges.length === 0 ? (
            <Notice title="Nothing yet">
              <p>Nobody has moderated anything so far.</p>
            </Notice>
          ) : (
            <AuditList entries={page.edges.map((edge) => edge.node)} />
          )}
          <NextPage path="/moderation" info={page.pageInfo} label="Older entries" />
        </>
      ) : (
        <AdminFault faults={faults} href="/moderation" />
      )}
    </>
  );
}
