import { textsNow } from '#texts';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { FollowRequest } from '../../../features/relationships/follow-request.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { FollowRequestsQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import styles from '../../../ui/rows.module.css';

export const generateMetadata = titled('settings', 'followRequests');

/** Who asks to follow the signed-in person. */
export default async function FollowRequestsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('settings');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/settings/follow-requests', FollowRequestsQuery, {
    first: PAGE_SIZE,
    after,
  });
  const page = data?.followRequests;
  return (
    <>
      <h1 className="page-title">{t('followRequests')}</h1>
      {page ? (
        <SettingsSection id="follow-requests" title={t('whoAsksFollow')} lead={t('requestsLead')}>
          {page.edges.length === 0 ? (
            <p>{t('nobodyWaitingOnlyPrivate')}</p>
          ) : (
            <ul className={styles.list}>
              {page.edges.map(({ node }) => (
                <FollowRequest key={node.id} person={node} />
              ))}
            </ul>
          )}
          <NextPage path="/settings/follow-requests" info={page.pageInfo} label={t('more')} />
        </SettingsSection>
      ) : (
        <LoadFault faults={faults} href="/settings/follow-requests" />
      )}
    </>
  );
}
