interface Page<Edge> {
  edges: Edge[];
  pageInfo: { hasNextPage: boolean };
}

interface EdgeOf<Node> {
  node: Node;
}

/** By which time a list is in order, the latest first. */
type TimeOf<Node> = (node: Node) => string;

function union<Node extends { id: string }, Edge extends EdgeOf<Node>>(
  before: readonly Edge[],
  read: readonly Edge[],
  timeOf: TimeOf<Node>,
): Edge[] {
  const byId = new Map<string, Edge>();
  for (const edge of [...before, ...read]) {
    const { id } = edge.node;
    const had = byId.get(id);
    // Of two that are as late the second, which was read later.
    byId.set(id, had && timeOf(had.node) > timeOf(edge.node) ? had : edge);
  }
  return [...byId.values()].sort((a, b) => {
    const [timeA, timeB] = [timeOf(a.node), timeOf(b.node)];
    return timeA === timeB ? 0 : timeA < timeB ? 1 : -1;
  });
}

/**
 * Puts a first page that was read now, or a while ago by the server, into what is here of a list: nothing twice, the latest first. What
 * came after the page stays, and what is here beyond it where the two meet; what the page has no more is gone.
 */
export function mergeFirstPage<Node extends { id: string }, List extends Page<EdgeOf<Node>>>(
  before: List | null,
  read: List,
  timeOf: TimeOf<List['edges'][number]['node']>,
): List {
  if (!before) return read;
  const ids = new Set(read.edges.map(({ node }) => node.id));
  const [first, last] = [read.edges[0], read.edges.at(-1)];
  const newest = first ? timeOf(first.node) : '';
  const oldest = last ? timeOf(last.node) : '';
  const meets = before.edges.some(({ node }) => ids.has(node.id));
  const beyond =
    meets && read.pageInfo.hasNextPage
      ? before.edges.filter(({ node }) => !ids.has(node.id) && timeOf(node) < oldest)
      : [];
  const same = before.edges.filter(({ node }) => ids.has(node.id) || timeOf(node) > newest);
  const pageInfo = beyond.length > 0 ? before.pageInfo : read.pageInfo;
  return { ...read, edges: union([...same, ...beyond], read.edges, timeOf), pageInfo };
}

/** Puts what is new or has changed in its place: not at all where that is beyond what is here. */
export function mergeChanged<Node extends { id: string }, List extends Page<EdgeOf<Node>>>(
  before: List,
  changed: List['edges'][number],
  timeOf: TimeOf<List['edges'][number]['node']>,
): List {
  const last = before.edges.at(-1);
  const isBeyond = before.pageInfo.hasNextPage && last && timeOf(changed.node) < timeOf(last.node);
  return isBeyond ? before : { ...before, edges: union(before.edges, [changed], timeOf) };
}
