import { expect, test } from 'vitest';
import { PathTree } from './path-tree.ts';

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
  expect(new PathTree([known]).isOnTheWayOf(path)).toBe(expected);
});

test('without any path there is nothing on the way', () => {
  expect(new PathTree([]).isOnTheWayOf(['a'])).toBe(false);
  expect(new PathTree([]).isOnTheWayOf([])).toBe(false);
});

test('looks at each step of a path once, however many paths there are', () => {
  const paths = Array.from({ length: 30_000 }, (_, at) => ['list', at, 'author']);
  const tree = new PathTree(paths);
  let looks = 0;
  for (const [list, at] of paths) {
    const path = [list, at, 'name'] as (string | number)[];
    const counted = new Proxy(path, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(tree.isOnTheWayOf(counted)).toBe(false);
  }
  expect(looks).toBeLessThanOrEqual(3 * paths.length);
});
