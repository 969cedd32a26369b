import { textsNow } from '#texts';
import { cursorFrom } from '../../features/feed/timeline-page.ts';
import { MarkReadForm } from '../../features/notifications/mark-read-form.tsx';
import { NotificationList, NotificationRows } from '../../features/notifications/notification-list.tsx';
import styles from '../../features/notifications/notifications.module.css';
import { FIRST } from '../../features/notifications/page-size.ts';
import { ask } from '../../gateway/client.ts';
import { NotificationsQuery } from '../../gateway/operations.ts';
import { titled } from '../../i18n/titled.ts';
import { currentCaller, signedInFor } from '../../session/current-session.ts';
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
  const session = await signedInFor('/notifications');
  const after = cursorFrom((await searchParams).after);
  const { data, faults } = await ask(NotificationsQuery, { first: FIRST, after }, await currentCaller());
  const page = data?.notifications;
  const newest = after === null ? page?.edges[0]?.node.id : undefined;
  return (
    <div className="column">
      <div className={styles.head}>
        <h1 className="page-title">{t('notifications')}</h1>
        {newest && session.state === 'signedIn' && <MarkReadForm unread={session.unread} newest={newest} />}
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
