import { textsNow } from '#texts';
import { cursorFrom, PAGE_SIZE } from '../../../features/feed/timeline-page.ts';
import { MutedPerson } from '../../../features/relationships/muted-person.tsx';
import { SettingsSection } from '../../../features/settings/settings-section.tsx';
import { MutedUsersQuery } from '../../../gateway/operations.ts';
import { titled } from '../../../i18n/titled.ts';
import { askSignedIn } from '../../../session/current-session.ts';
import { LoadFault } from '../../../ui/load-fault.tsx';
import { NextPage } from '../../../ui/next-page.tsx';
import styles from '../../../ui/rows.module.css';

export const generateMetadata = titled('settings', 'mutedPeople');

/** Whom the signed-in person mutes. */
export default async function MutedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('settings');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/settings/muted', MutedUsersQuery, { first: PAGE_SIZE, after });
  const page = data?.mutedUsers;
  return (
    <>
      <h1 className="page-title">{t('mutedPeople')}</h1>
      {page ? (
        <SettingsSection id="muted" title={t('whomMute')} lead={t('mutedLead')}>
          {page.edges.length === 0 ? (
            <p>{t('muteNobody')}</p>
          ) : (
            <ul className={styles.list}>
              {page.edges.map(({ node }) => (
                <MutedPerson key={node.id} person={node} />
              ))}
            </ul>
          )}
          <NextPage path="/settings/muted" info={page.pageInfo} label={t('more')} />
        </SettingsSection>
      ) : (
        <LoadFault faults={faults} href="/settings/muted" />
      )}
    </>
  );
}
