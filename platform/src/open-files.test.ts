import { expect, test } from 'vitest';
import { connectionsWithin, openFilesLimit } from './open-files.ts';

test.each([
  [256, 128],
  [1024, 512],
  [4096, 3096],
  [20_000, 16_000],
  [1_048_576, 30_000],
  [Number.POSITIVE_INFINITY, 30_000],
])('of %s descriptors %s are for connections of clients', (openFiles, connections) => {
  expect(connectionsWithin(openFiles)).toBe(connections);
});

test('the limit of descriptors of this process is known', () => {
  expect(openFilesLimit()).toBeGreaterThanOrEqual(256);
});
