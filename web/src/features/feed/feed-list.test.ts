import { expect, test } from 'vitest';
import { append, drop, type FeedList, type Listed, mergeFirst, prepend } from './feed-list.ts';
import type { TimelineFragment } from './generated/documents.ts';

const post = (id: string): Listed => ({
  __typename: 'Post',
  id,
  createdAt: '',
  author: null,
  repostOf: null,
});
const posts = (text: string) => text.split(' ').filter(Boolean).map(post);
/** Posts newest first; `...` behind them where there are more. */
const list = (text: string): FeedList => ({
  posts: posts(text.replace('...', '')),
  next: text.includes('...') ? 'n' : null,
});
const page = (text: string): TimelineFragment => ({
  __typename: 'PostConnection',
  edges: list(text).posts.map((node) => ({ __typename: 'PostEdge', cursor: node.id, node })),
  pageInfo: { __typename: 'PageInfo', hasNextPage: text.includes('...'), endCursor: 'p' },
});
const told = ({ posts: shown, next }: FeedList) =>
  [...shown.map(({ id }) => id), ...(next ? ['...'] : [])].join(' ');

test.each<[string, string, string]>([
  ['d c ...', 'd c ...', 'd c ...'],
  ['d c b a ...', 'd c ...', 'd c b a ...'],
  // One's own post, which the page has now.
  ['d c b a', 'e d ...', 'e d c b a'],
  // What is gone on top.
  ['f e d c b a', 'd c ...', 'd c b a'],
  // What is gone.
  ['d c b a', 'd b ...', 'd b a'],
  ['d c b a', 'd b', 'd b'],
  // A gap.
  ['d c', 'z y ...', 'z y ...'],
])('of %s with the first page %s there is %s', (before, first, after) => {
  expect(told(mergeFirst(list(before), page(first)))).toBe(after);
});

test('where the list goes on is the end of what is there', () => {
  expect(mergeFirst(list('d c b a ...'), page('d c ...')).next).toBe('n');
  expect(mergeFirst(list('d c ...'), page('d c ...')).next).toBe('p');
});

test('nothing is there twice', () => {
  expect(told(append(list('d c ...'), page('c b')))).toBe('d c b');
  expect(told(prepend(list('d c b'), posts('e c')))).toBe('e c d b');
  expect(told(drop(list('d c b ...'), new Set(['c', 'x'])))).toBe('d b ...');
});
