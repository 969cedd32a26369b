import { expect, test } from 'vitest';
import { mergeChanged, mergeFirstPage, type NotificationPage } from './merge-pages.ts';

type Edge = NotificationPage['edges'][number];

/** A row as `name@time`. */
const edge = (text: string): Edge => {
  const [id = '', time = ''] = text.split('@');
  const node = { __typename: 'Notification', id, type: 'FOLLOW', actorCount: 1, actors: [] } as const;
  return {
    __typename: 'NotificationEdge',
    cursor: id,
    node: { ...node, actors: [], subject: null, readAt: null, updatedAt: time },
  };
};
const page = (rows: string, hasNextPage = true): NotificationPage => ({
  __typename: 'NotificationConnection',
  edges: rows === '' ? [] : rows.split(' ').map(edge),
  pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor: rows.split(' ').at(-1) ?? null },
});
const told = ({ edges, pageInfo }: NotificationPage) =>
  [...edges.map(({ node }) => `${node.id}@${node.updatedAt}`), pageInfo.hasNextPage ? '...' : '.'].join(' ');

test.each<[string, NotificationPage | null, NotificationPage, string]>([
  ['is the whole of what is here', null, page('b@2 a@1'), 'b@2 a@1 ...'],
  ['comes on top', page('b@2 a@1'), page('c@3 b@2'), 'c@3 b@2 a@1 ...'],
  ['keeps what came after it was made', page('d@4 c@3 b@2'), page('c@3 b@2'), 'd@4 c@3 b@2 ...'],
  ['does not undo a change that came after it', page('a@9 b@2'), page('b@2 a@1'), 'a@9 b@2 ...'],
  ['moves what has changed', page('b@2 a@1'), page('a@3 b@2'), 'a@3 b@2 ...'],
  ['leaves no gap behind it', page('b@2 a@1'), page('z@9 y@8'), 'z@9 y@8 ...'],
  [
    'that is all there is drops what is gone',
    page('c@3 b@2 a@1', false),
    page('c@3 a@1', false),
    'c@3 a@1 .',
  ],
])('a first page %s', (_how, before, read, expected) => {
  expect(told(mergeFirstPage(before, read))).toBe(expected);
});

test('what is new or has changed is in its place once, and beyond the list not at all', () => {
  expect(told(mergeChanged(page('b@2 a@1'), edge('a@3')))).toBe('a@3 b@2 ...');
  expect(told(mergeChanged(page('c@3 a@1'), edge('b@2')))).toBe('c@3 b@2 a@1 ...');
  expect(told(mergeChanged(page('c@3 b@2'), edge('a@1')))).toBe('c@3 b@2 ...');
  expect(told(mergeChanged(page('c@3 b@2', false), edge('a@1')))).toBe('c@3 b@2 a@1 .');
  expect(told(mergeChanged(page('', false), edge('a@1')))).toBe('a@1 .');
});
