import type { Metadata } from 'next';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { AdminPage } from '../../../features/moderation/admin-page.tsx';
import { ErasureList } from '../../../features/moderation/erasure-list.tsx';
import { ask } from '../../../gateway/client.ts';
import { AccountErasuresQuery } from '../../../gateway/operations.ts';
import { currentCaller, signedInFor } from '../../../session/current-session.ts';

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
  return (
    <AdminPage
      title="Erased accounts"
      lead="What each service erased of accounts that their owners deleted, newest first."
      none="No account has been erased so far."
      path="/moderation/erasures"
      older="Older reports"
      page={data?.accountErasures}
      faults={faults}
    >
      {(nodes) => <ErasureList erasures={nodes} />}
    </AdminPage>
  );
}
