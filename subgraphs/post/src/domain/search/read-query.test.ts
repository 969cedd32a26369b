import { expect, test } from 'vitest';
import { readQuery } from './read-query.ts';

const words = (...words: string[]) => ({ kind: 'words', words, isExact: false, isExcluded: false });
const phrase = (...words: string[]) => ({ kind: 'words', words, isExact: true, isExcluded: false });
const tag = (tag: string) => ({ kind: 'hashtag', tag, isExcluded: false });
const without = (term: object) => ({ ...term, isExcluded: true });

test.each([
  ['Two words', [words('two'), words('words')]],
  ['"a phrase" more', [phrase('a', 'phrase'), words('more')]],
  ['“a phrase” more', [phrase('a', 'phrase'), words('more')]],
  ['"never closed', [phrase('never', 'closed')]],
  ['a"b" c', [words('a', 'b'), words('c')]],
  ['yes -no -"not this"', [words('yes'), without(words('no')), without(phrase('not', 'this'))]],
  ['#Tag ＃タグ -#other', [tag('tag'), tag('タグ'), without(tag('other'))]],
  ['#!! word', [words('word')]],
  ['机器学习', [words('机器', '学习')]],
  ['foo-bar', [words('foo', 'bar')]],
  [
    'a from:@Ada from:nobody!',
    [
      words('a'),
      { kind: 'author', name: 'Ada', isExcluded: false },
      { kind: 'author', name: 'nobody!', isExcluded: false },
    ],
  ],
  ['a HAS:media', [words('a'), { kind: 'media', isExcluded: false }]],
  ['from: before: other:thing', [words('from'), words('before'), words('other:thing')]],
  ["a' OR \\ %_ | & ! ( ) :* b", [words('a'), words('or'), words('b')]],
])('%j', (query, terms) => {
  expect(readQuery(query).terms).toEqual(terms);
});

test('days bound from the outside, and the narrower ones count', () => {
  const { since, before } = readQuery(
    'a after:2026-01-01 after:2026-01-03 before:2026-02-01 before:2027-01-01',
  );
  expect([since, before]).toEqual([new Date('2026-01-04'), new Date('2026-02-01')]);
});

test.each([
  '',
  ' ',
  '%_\\',
  '""',
  '-',
  '-no',
  'from:ada',
  'has:media before:2026-01-31',
  'x'.repeat(201),
  '🎉'.repeat(100),
  'a has:links',
  'a before:yesterday',
  'a before:2026-02-31',
  'a after:0000-01-01',
  'a after:9999-12-31',
  'a -before:2026-01-31',
  'a\u0000b',
  Array.from({ length: 33 }, (_, n) => `w${n}`).join(' '),
])('%j is refused', (query) => {
  expect(() => readQuery(query)).toThrow(
    expect.objectContaining({
      extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', field: 'query' }),
    }),
  );
});
