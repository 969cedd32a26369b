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
 * Puts a first page that was read now, or a while ago by the server, into what is here: nothing twice, latest change first. What is
 * here beyond the page stays where the two meet; where they do not, something is missing between, and it goes.
 */
export function mergeFirstPage(before: NotificationPage | null, read: NotificationPage): NotificationPage {
  if (!before) return read;
  const last = read.edges.at(-1)?.node.updatedAt ?? '';
  const ids = new Set(read.edges.map(({ node }) => node.id));
  const isWhole = !read.pageInfo.hasNextPage;
  const meets = isWhole || before.edges.some(({ node }) => ids.has(node.id));
  const newer = before.edges.filter(({ node }) => node.updatedAt > last || ids.has(node.id));
  if (!meets || isWhole) return { ...read, edges: union(newer, read.edges) };
  return { ...before, edges: union(before.edges, read.edges) };
}

/** Puts a notification that is new or has changed in its place: not at all where that is beyond what is here. */
export function mergeChanged(before: NotificationPage, changed: Edge): NotificationPage {
  const last = before.edges.at(-1);
  const isBeyond = before.pageInfo.hasNextPage && last && changed.node.updatedAt < last.node.updatedAt;
  if (isBeyond) return before;
  return { ...before, edges: union(before.edges, [changed]) };
}
