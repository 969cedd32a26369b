import type { Metadata } from 'next';
import { AdminFault } from '../../../components/admin-fault.tsx';
import { ErasureList } from '../../../components/erasure-list.tsx';
import { NextPage } from '../../../components/next-page.tsx';
import { Notice } from '../../../components/notice.tsx';
import { ask } from '../../../gateway/client.ts';
import { AccountErasuresQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';
import { cursorFrom, PAGE_SIZE } from '../../../timeline-page.ts';

export const metadata: Metadata = { title: 'Erased accounts' };

/** What was erased of accounts that people deleted, for admins. */
export default async function ErasuresPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await signedInFor('/moderation/erasures');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await ask(
    AccountErasuresQuery,
    { first: PAGE_SIZE, after },
    await currentCaller(),
  );
  const page = data?.accountErasures;
  return (
    <>
      <h1 className="page-title">Erased accounts</h1>
      {page ? (
        <>
          <p className="page-lead">
            What each service erased of accounts that their owners deleted, newest first.
          </p>
          {page.edges.length === 0 ? (
            <Notice title="Nothing yet">
              <p>No account has been erased so far.</p>
            </Notice>
          ) : (
            <ErasureList erasures={page.edges.map((edge) => edge.node)} />
          )}
          <NextPage path="/moderation/erasures" info={page.pageInfo} label="Older reports" />
        </>
      ) : (
        <AdminFault faults={faults} href="/moderation/erasures" />
      )}
    </>
  );
}
