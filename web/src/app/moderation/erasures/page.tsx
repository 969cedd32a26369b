import { textsNow } from '#texts';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { AdminPage } from '../../../features/moderation/admin-page.tsx';
import { ErasureList } from '../../../features/moderation/erasure-list.tsx';
import { AccountErasuresQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';

export const generateMetadata = titled('moderation', 'erasedAccounts');

/** What was erased of accounts that people deleted, for admins. */
export default async function ErasuresPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('moderation');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/moderation/erasures', AccountErasuresQuery, {
    first: PAGE_SIZE,
    after,
  });
  return (
    <AdminPage
      title={t('erasedAccounts')}
      lead={t('whatEachServiceErased')}
      none={t('noneErased')}
      path="/moderation/erasures"
      older={t('olderReports')}
      page={data?.accountErasures}
      faults={faults}
    >
      {(nodes) => <ErasureList erasures={nodes} />}
    </AdminPage>
  );
}
