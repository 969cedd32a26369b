import type { ConversationQuery } from './generated/documents.ts';

/** A conversation with a run of its newest messages, without a gap: what of it is here. */
export type OpenConversation = NonNullable<ConversationQuery['conversation']>;
export type MessagePage = OpenConversation['messages'];

interface Run<Edge> {
  edges: readonly Edge[];
  pageInfo: MessagePage['pageInfo'];
}

/** Puts an edge in its place in a run, once. */
export function insertBySeq<Edge>(edges: readonly Edge[], edge: Edge, seqOf: (edge: Edge) => number): Edge[] {
  const seq = seqOf(edge);
  let place = edges.length;
  while (place > 0 && seqOf(edges[place - 1] as Edge) > seq) place -= 1;
  const isThere = place > 0 && seqOf(edges[place - 1] as Edge) === seq;
  return [...edges.slice(0, isThere ? place - 1 : place), edge, ...edges.slice(place)];
}

/** Puts a page into the run that it touches, each message once, in order; the way to earlier ones is that of what begins earlier. */
export function mergeRuns<Edge, List extends Run<Edge>>(
  before: List | undefined,
  read: List,
  seqOf: (edge: Edge) => number,
): List {
  if (!before || before.edges.length === 0) return read;
  const bySeq = new Map<number, Edge>();
  for (const edge of [...before.edges, ...read.edges]) bySeq.set(seqOf(edge), edge);
  const edges = [...bySeq.entries()].sort(([a], [b]) => a - b).map(([, edge]) => edge);
  const beginsEarlier = read.edges[0] !== undefined && seqOf(read.edges[0]) < seqOf(before.edges[0] as Edge);
  return { ...read, edges, pageInfo: beginsEarlier ? read.pageInfo : before.pageInfo };
}

/** Whether a page that was read goes on where a run ends, or begins within it: seqs have no gap. */
export function touches(before: MessagePage, read: MessagePage): boolean {
  const end = before.edges.at(-1)?.node.seq;
  const begin = read.edges[0]?.node.seq;
  return end === undefined || begin === undefined || begin <= end + 1;
}
