import type { NotificationsQuery } from './generated/documents.ts';

/** A beginning of the list: what of it is here. */
export type NotificationPage = NonNullable<NotificationsQuery['notifications']>;
type Edge = NotificationPage['edges'][number];

const latestFirst = (a: Edge, b: Edge) =>
  a.node.updatedAt === b.node.updatedAt ? 0 : a.node.updatedAt < b.node.updatedAt ? 1 : -1;

/** Of two states of one notification the later; of two that are as late the second, which was read later. */
const later = (a: Edge | undefined, b: Edge): Edge => (a && a.node.updatedAt > b.node.updatedAt ? a : b);

function union(before: readonly Edge[], read: readonly Edge[]): Edge[] {
  const byId = new Map<string, Edge>();
  for (const edge of [...before, ...read]) byId.set(edge.node.id, later(byId.get(edge.node.id), edge));
  return [...byId.values()].sort(latestFirst);
}

/**
 * Puts a first page that was read now, or a while ago by the server, into what is here: nothing twice, latest change first. What
 * came after the page stays, and what is here beyond it where the two meet; what the page has no more is gone.
 */
export function mergeFirstPage(before: NotificationPage | null, read: NotificationPage): NotificationPage {
  if (!before) return read;
  const ids = new Set(read.edges.map(({ node }) => node.id));
  const newest = read.edges[0]?.node.updatedAt ?? '';
  const oldest = read.edges.at(-1)?.node.updatedAt ?? '';
  const meets = before.edges.some(({ node }) => ids.has(node.id));
  const beyond =
    meets && read.pageInfo.hasNextPage
      ? before.edges.filter(({ node }) => !ids.has(node.id) && node.updatedAt < oldest)
      : [];
  const same = before.edges.filter(({ node }) => ids.has(node.id) || node.updatedAt > newest);
  const pageInfo = beyond.length > 0 ? before.pageInfo : read.pageInfo;
  return { ...read, edges: union([...same, ...beyond], read.edges), pageInfo };
}

/** Puts a notification that is new or has changed in its place: not at all where that is beyond what is here. */
export function mergeChanged(before: NotificationPage, changed: Edge): NotificationPage {
  const last = before.edges.at(-1);
  const isBeyond = before.pageInfo.hasNextPage && last && changed.node.updatedAt < last.node.updatedAt;
  if (isBeyond) return before;
  return { ...before, edges: union(before.edges, [changed]) };
}
