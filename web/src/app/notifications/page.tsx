import { textsNow } from '#texts';
import { cursorFrom } from '../../features/feed/timeline-page.ts';
import { MarkReadForm } from '../../features/notifications/mark-read-form.tsx';
import { filterFrom, notificationsPath, typesOf } from '../../features/notifications/notification-filter.ts';
import { NotificationList, NotificationRows } from '../../features/notifications/notification-list.tsx';
import { NotificationTabs } from '../../features/notifications/notification-tabs.tsx';
import styles from '../../features/notifications/notifications.module.css';
import { FIRST } from '../../features/notifications/page-size.ts';
import { NotificationsPageQuery } from '../../gateway/operations.ts';
import { titled } from '../../i18n/titled.ts';
import { askSignedIn } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { NextPage } from '../../ui/next-page.tsx';

export const generateMetadata = titled('notifications', 'notifications');

/** What happened to the signed-in person: the newest live, earlier ones page by page. */
export default async function NotificationsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('notifications');
  const asked = await searchParams;
  const after = cursorFrom(asked.after);
  const filter = filterFrom(asked.show);
  const newestPath = notificationsPath(filter);
  const { data, faults } = await askSignedIn(newestPath, NotificationsPageQuery, {
    first: FIRST,
    after,
    types: typesOf(filter),
  });
  const page = data?.notifications;
  const newest = after === null && filter === null ? page?.edges[0]?.node.id : undefined;
  return (
    <div className="column">
      <div className={styles.head}>
        <h1 className="page-title">{t('notifications')}</h1>
        {page && newest && <MarkReadForm unread={page.unreadCount} newest={newest} />}
      </div>
      <NotificationTabs filter={filter} />
      {!page && <LoadFault faults={faults} href={newestPath} />}
      {page && after === null && <NotificationList key={filter} first={page} filter={filter} />}
      {page && after !== null && (
        <>
          <p>
            <a href={newestPath}>{t('backNewest')}</a>
          </p>
          <NotificationRows page={page} />
          <NextPage
            path="/notifications"
            query={filter ? { show: filter } : {}}
            info={page.pageInfo}
            label={t('earlierOnes')}
          />
        </>
      )}
    </div>
  );
}
