import { expect, test } from 'vitest';
import type { ResponsePath } from './path.ts';
import { PathTree } from './path-tree.ts';

const treeOf = (paths: readonly ResponsePath[]) => new PathTree(paths, (path) => path);

test.each([
  [['a', 0, 'b'], ['a', 0, 'b'], true],
  [['a', 0], ['a', 0, 'b'], true],
  [['a', 0, 'b', 'c'], ['a', 0, 'b'], true],
  [['a', 1], ['a', 0, 'b'], false],
  [['a', '0'], ['a', 0, 'b'], false],
  [['b'], ['a'], false],
  [[], ['a'], true],
  [['a'], [], true],
])('%j and %j', (known, path, expected) => {
  expect(treeOf([known]).nearest(path)).toBe(expected ? known : undefined);
});

test('without any path there is nothing on the way', () => {
  expect(treeOf([]).nearest(['a'])).toBeUndefined();
  expect(treeOf([]).nearest([])).toBeUndefined();
});

const [root, list, one, below] = [[], ['list'], ['list', 1], ['list', 1, 'a']];

test.each([
  ['what is at the place', [list, one, below], ['list', 1], one],
  ['the nearest above it', [root, list, below], ['list', 1], list],
  ['the first below it', [['other'], below, ['list', 1, 'b']], ['list', 1], below],
  ['what is above rather than what is below', [root, below], ['list', 1], root],
])('finds %s', (_what, paths, path, expected) => {
  expect(treeOf(paths).nearest(path)).toBe(expected);
});

test('gives all that are on the way to a place, from the root on', () => {
  const tree = treeOf([below, one, ['list', 2], root, list]);
  expect(tree.onTheWayTo(['list', 1])).toEqual([root, list, one]);
  expect(tree.onTheWayTo(['list', 1, 'b', 'c'])).toEqual([root, list, one]);
  expect(tree.onTheWayTo(['none'])).toEqual([root]);
});

test('looks at each step of a path once, however many paths there are', () => {
  const paths = Array.from({ length: 30_000 }, (_, at) => ['list', at, 'author']);
  const tree = treeOf(paths);
  let looks = 0;
  for (const [list, at] of paths) {
    const path = [list, at, 'name'] as (string | number)[];
    const counted = new Proxy(path, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(tree.nearest(counted)).toBeUndefined();
  }
  expect(looks).toBeLessThanOrEqual(3 * paths.length);
});
