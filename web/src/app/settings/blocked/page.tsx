import { textsNow } from '#texts';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { BlockedPerson } from '../../../features/relationships/blocked-person.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { BlockedUsersQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import styles from '../../../ui/rows.module.css';

export const generateMetadata = titled('settings', 'blockedPeople');

/** Whom the signed-in person blocks. */
export default async function BlockedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('settings');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/settings/blocked', BlockedUsersQuery, {
    first: PAGE_SIZE,
    after,
  });
  const page = data?.blockedUsers;
  return (
    <>
      <h1 className="page-title">{t('blockedPeople')}</h1>
      {page ? (
        <SettingsSection id="blocked" title={t('whomBlock')} lead={t('blockedLead')}>
          {page.edges.length === 0 ? (
            <p>{t('blockNobody')}</p>
          ) : (
            <ul className={styles.list}>
              {page.edges.map(({ node }) => (
                <BlockedPerson key={node.id} person={node} />
              ))}
            </ul>
          )}
          <NextPage path="/settings/blocked" info={page.pageInfo} label={t('more')} />
        </SettingsSection>
      ) : (
        <LoadFault faults={faults} href="/settings/blocked" />
      )}
    </>
  );
}
