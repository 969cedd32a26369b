import type { ApolloClient } from '@apollo/client';
import type { Graph } from '../../graph/client.ts';
import { followStream } from '../../graph/follow-stream.ts';
import { lastHeard } from '../../graph/last-heard.ts';
import {
  MarkNotificationsReadDocument,
  NotificationReceivedDocument,
  NotificationsDocument,
  type NotificationsQuery,
  UnreadNotificationsDocument,
} from './generated/documents.ts';
import { mergeChanged, mergeFirstPage, type NotificationPage } from './merge-pages.ts';
import { fits, NOTIFICATION_FILTERS, type NotificationFilter, typesOf } from './notification-filter.ts';
import { tellNotified } from './notified.ts';
import { FIRST } from './page-size.ts';
import { writeUnread } from './unread-count.ts';

/*
 * What is live of notifications, over the browser's one cache. Loaded with the graph, after the page is shown. The badge of
 * every page follows the stream; the page of notifications watches the list.
 */

const listOf = (filter: NotificationFilter | null) => ({
  query: NotificationsDocument,
  variables: { first: FIRST, types: typesOf(filter) },
});
/** The lists that are watched, some perhaps by two pages for a moment. */
const watched = new Map<NotificationFilter | null, number>();
const overSocket = { fetchPolicy: 'no-cache', context: { overSocket: true } } as const;
const heard = lastHeard();
/** How often a marking began or was answered: what was counted before knows nothing of it. */
let marks = 0;

const keptPage = (client: ApolloClient, filter: NotificationFilter | null) =>
  client.readQuery(listOf(filter))?.notifications ?? null;

const writePage = (
  client: ApolloClient,
  filter: NotificationFilter | null,
  notifications: NotificationPage,
) => client.writeQuery({ ...listOf(filter), data: { notifications } satisfies NotificationsQuery });

/** Follows what happens to the viewer, into the cache, until it is called. */
function follow(graph: Graph): () => void {
  const { client } = graph;
  return followStream(graph, {
    document: NotificationReceivedDocument,
    eventOf: (data) => data.notificationReceived,
    take({ unreadCount, notification: node, cursor }) {
      heard.tell();
      writeUnread(client, unreadCount);
      tellNotified(node);
      for (const filter of [null, ...NOTIFICATION_FILTERS]) {
        const before = fits(filter, node.type) && keptPage(client, filter);
        if (!before) continue;
        writePage(client, filter, mergeChanged(before, { __typename: 'NotificationEdge', cursor, node }));
      }
    },
    catchUp() {
      heard.tell();
      const before = marks;
      client.query({ query: UnreadNotificationsDocument, ...overSocket }).then(({ data }) => {
        if (data?.notifications && before === marks) writeUnread(client, data.notifications.unreadCount);
      }, nothing);
      for (const filter of watched.keys()) readAgain(client, filter);
    },
  });
}

function readAgain(client: ApolloClient, filter: NotificationFilter | null): void {
  client.query({ ...listOf(filter), ...overSocket }).then(({ data }) => {
    const before = keptPage(client, filter);
    if (data?.notifications) writePage(client, filter, mergeFirstPage(before, data.notifications));
  }, nothing);
}

/** What the next change or connection tells anyhow. */
const nothing = () => undefined;

/** Gives how many are unread, and follows what happens for all that watch. */
export function followUnread(graph: Graph, show: (unread: number) => void): () => void {
  const stops = [watchUnread(graph, show), follow(graph)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Gives how many are unread. */
export function watchUnread({ client }: Graph, show: (unread: number) => void): () => void {
  const watched = client.watchQuery({ query: UnreadNotificationsDocument, fetchPolicy: 'cache-only' });
  const subscription = watched.subscribe(({ data, dataState }) => {
    if (dataState === 'complete' && data.notifications) show(data.notifications.unreadCount);
  });
  return () => subscription.unsubscribe();
}

const stateOf = ({ id, updatedAt }: { id: string; updatedAt: string }) => `${id} ${updatedAt}`;

/** What was new when it was seen first stays so to the eye, as long as one looks at it: to be seen is what marks it. */
function asSeen(page: NotificationPage, seenAsNew: Set<string>): NotificationPage {
  const edges = page.edges.map((edge) => {
    const { node } = edge;
    if (node.readAt === null) seenAsNew.add(stateOf(node));
    else if (seenAsNew.has(stateOf(node))) return { ...edge, node: { ...node, readAt: null } };
    return edge;
  });
  return { ...page, edges };
}

/**
 * Gives the list, from the page on that the server rendered, and marks as read what is seen of it: of the whole list, for behind
 * what is seen of one kind there is what is not.
 */
export const watchNotifications =
  (first: NotificationPage, filter: NotificationFilter | null) =>
  ({ client }: Graph, show: (page: NotificationPage) => void): (() => void) => {
    let marked = '';
    const seenAsNew = new Set<string>();
    watched.set(filter, (watched.get(filter) ?? 0) + 1);
    const kept = keptPage(client, filter);
    writePage(client, filter, mergeFirstPage(kept, first));
    if (!kept && heard.sincePage()) readAgain(client, filter);

    function markSeen(): void {
      const newest = filter === null && keptPage(client, null)?.edges[0]?.node;
      if (!newest || newest.readAt !== null || document.visibilityState !== 'visible') return;
      const state = stateOf(newest);
      if (state === marked) return;
      marked = state;
      marks += 1;
      client
        .mutate({
          mutation: MarkNotificationsReadDocument,
          variables: { upTo: newest.id },
          fetchPolicy: 'no-cache',
        })
        .then(
          ({ data }) => {
            marks += 1;
            const left = data?.markNotificationsRead?.unreadCount;
            if (left !== undefined) writeUnread(client, left);
          },
          () => {
            marked = '';
          },
        );
    }

    const subscription = client
      .watchQuery({ ...listOf(filter), fetchPolicy: 'cache-only' })
      .subscribe(({ data, dataState }) => {
        if (dataState !== 'complete' || !data.notifications) return;
        show(filter === null ? asSeen(data.notifications, seenAsNew) : data.notifications);
        markSeen();
      });
    document.addEventListener('visibilitychange', markSeen);
    return () => {
      const others = (watched.get(filter) ?? 1) - 1;
      if (others > 0) watched.set(filter, others);
      else watched.delete(filter);
      document.removeEventListener('visibilitychange', markSeen);
      subscription.unsubscribe();
    };
  };

/** Reads the page behind a cursor into the cache, where the list joins it. Throws what reading throws. */
export async function loadMore(
  { client }: Graph,
  filter: NotificationFilter | null,
  after: string,
): Promise<number> {
  const variables = { ...listOf(filter).variables, after };
  const { data } = await client.query({
    query: NotificationsDocument,
    variables,
    fetchPolicy: 'network-only',
  });
  return data?.notifications?.edges.length ?? 0;
}
