import { expect, test } from 'vitest';
import { insertBySeq, type MessagePage, mergeRuns, touches } from './merge-messages.ts';

/** A page of messages by their seqs, `...` before those that have earlier ones. */
function page(seqs: number[], hasPreviousPage = seqs[0] !== 1): MessagePage {
  const edges = seqs.map((seq) => ({ __typename: 'MessageEdge' as const, node: { seq } as never }));
  const pageInfo = { __typename: 'PageInfo' as const, startCursor: String(seqs[0] ?? ''), hasPreviousPage };
  return { __typename: 'MessageConnection', edges, pageInfo };
}
const seqOf = ({ node }: MessagePage['edges'][number]) => node.seq;
const told = ({ edges, pageInfo }: MessagePage) => [
  ...(pageInfo.hasPreviousPage ? [`from ${pageInfo.startCursor}`] : []),
  ...edges.map(seqOf),
];

test.each<[string, MessagePage | undefined, MessagePage, unknown[]]>([
  ['is the whole of what is here', undefined, page([4, 5]), ['from 4', 4, 5]],
  ['takes the place of nothing', page([], false), page([4, 5]), ['from 4', 4, 5]],
  ['of earlier ones comes before, with its way on', page([4, 5]), page([2, 3]), ['from 2', 2, 3, 4, 5]],
  ['of the first ones has none', page([3, 4]), page([1, 2]), [1, 2, 3, 4]],
  ['of newer ones comes behind, and keeps the way on', page([2, 3]), page([3, 4, 5]), ['from 2', 2, 3, 4, 5]],
  ['within it changes nothing', page([2, 3, 4]), page([3, 4]), ['from 2', 2, 3, 4]],
])('a page of messages %s', (_how, before, read, expected) => {
  expect(told(mergeRuns(before, read, seqOf))).toEqual(expected);
});

test('a message is in its place once, in whatever order they come', () => {
  let seqs: number[] = [];
  for (const seq of [3, 1, 2, 3, 5, 4, 1]) seqs = insertBySeq(seqs, seq, (one) => one);
  expect(seqs).toEqual([1, 2, 3, 4, 5]);
});

test('a page touches what is here where no message is missing between the two', () => {
  expect(touches(page([2, 3]), page([4, 5]))).toBe(true);
  expect(touches(page([2, 3]), page([3, 4]))).toBe(true);
  expect(touches(page([2, 3]), page([5, 6]))).toBe(false);
  expect(touches(page([], false), page([5, 6]))).toBe(true);
});
