'use client';

import { type MouseEvent, useRef, useState, useTransition } from 'react';
import { useTexts } from '#texts';
import { useGraph } from '../../graph/live.tsx';
import { useLive } from '../../graph/use-live.ts';
import { Notice } from '../../ui/notice.tsx';
import more from '../../ui/timeline.module.css';
import type { NotificationPage } from './merge-pages.ts';
import { type NotificationFilter, notificationsPath } from './notification-filter.ts';
import { NotificationRow } from './notification-row.tsx';
import styles from './notifications.module.css';

const load = () => import('./live-notifications.ts');

/** The list from its newest on: as the server rendered it, and live as soon as the page can be. */
export function NotificationList({
  first,
  filter,
}: {
  first: NotificationPage;
  filter: NotificationFilter | null;
}) {
  const t = useTexts('notifications');
  const page = useLive(first, async () => (await load()).watchNotifications(first, filter));
  if (page.edges.length === 0) {
    return (
      <Notice title={t(filter ? 'nothingOfThat' : 'nothingYet')}>
        {!filter && <p>{t('whatAppearsHere')}</p>}
      </Notice>
    );
  }
  return (
    <>
      <NotificationRows page={page} isMarkedBySight={filter === null} />
      <MoreNotifications page={page} filter={filter} />
    </>
  );
}

/** The rows of a page, as they are. Those that are read when they are seen need no way to mark each, where scripts run. */
export function NotificationRows({
  page,
  isMarkedBySight,
}: {
  page: NotificationPage;
  isMarkedBySight?: boolean;
}) {
  const t = useTexts('notifications');
  return (
    <ol
      // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none.
      role="list"
      className={styles.list}
      data-sight={isMarkedBySight || undefined}
      aria-label={t('notificationsNewestFirst')}
    >
      {page.edges.map(({ node }) => (
        <NotificationRow key={node.id} row={node} />
      ))}
    </ol>
  );
}

/** Earlier ones on demand: a link to the next page, or in place where the graph is here. */
function MoreNotifications({
  page: { edges, pageInfo },
  filter,
}: {
  page: NotificationPage;
  filter: NotificationFilter | null;
}) {
  const t = useTexts('notifications');
  const graph = useGraph();
  const [status, setStatus] = useState('');
  const [fault, setFault] = useState(false);
  const [pending, startTransition] = useTransition();
  const place = useRef<HTMLDivElement>(null);
  const { endCursor, hasNextPage } = pageInfo;

  function onClick(event: MouseEvent) {
    if (!graph || endCursor === null || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    if (pending) return;
    const before = edges.length;
    startTransition(async () => {
      try {
        const count = await (await load()).loadMore(graph, filter, endCursor);
        setFault(false);
        setStatus(t('moreLoaded', { count }));
        // The keyboard goes on reading where the new ones begin.
        requestAnimationFrame(() => {
          const rows = place.current?.previousElementSibling?.children;
          rows?.[before]?.querySelector('a')?.focus({ preventScroll: true });
        });
      } catch {
        setFault(true);
      }
    });
  }

  return (
    <div ref={place}>
      <p role="status" className="visually-hidden">
        {status}
      </p>
      {fault && (
        <p role="alert" className={styles.fault}>
          {t('theseCouldNotBe')}
        </p>
      )}
      {hasNextPage && endCursor !== null && (
        <p className={more.more}>
          <a
            href={notificationsPath(filter, endCursor)}
            className="button"
            onClick={onClick}
            aria-disabled={pending || undefined}
          >
            {pending ? t('loading') : t('earlierOnes')}
          </a>
        </p>
      )}
    </div>
  );
}
