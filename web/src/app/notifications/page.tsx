import { textsNow } from '#texts';
import { cursorFrom } from '../../features/feed/timeline-page.ts';
import { MarkReadForm } from '../../features/notifications/mark-read-form.tsx';
import { NotificationList, NotificationRows } from '../../features/notifications/notification-list.tsx';
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
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await askSignedIn('/notifications', NotificationsPageQuery, {
    first: FIRST,
    after,
  });
  const page = data?.notifications;
  const newest = after === null ? page?.edges[0]?.node.id : undefined;
  return (
    <div className="column">
      <div className={styles.head}>
        <h1 className="page-title">{t('notifications')}</h1>
        {page && newest && <MarkReadForm unread={page.unreadCount} newest={newest} />}
      </div>
      {!page && <LoadFault faults={faults} href="/notifications" />}
      {page && after === null && <NotificationList first={page} />}
      {page && after !== null && (
        <>
          <p>
            <a href="/notifications">{t('backNewest')}</a>
          </p>
          <NotificationRows page={page} />
          <NextPage path="/notifications" info={page.pageInfo} label={t('earlierOnes')} />
        </>
      )}
    </div>
  );
}
