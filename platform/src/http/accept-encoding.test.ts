import { expect, it } from 'vitest';
import { chooseEncoding } from './accept-encoding.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['gzip ; q = 0.2 , br ; q=0.1', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.000, gzip;q=0', undefined],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['br;q=0, *', 'gzip'],
  ['identity', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['identity;q=0.5, gzip', 'gzip'],
  ['identity, gzip', 'gzip'],
  ['identity;q=0', undefined],
  ['identity;q=0, *', 'br'],
  ['deflate, zstd', undefined],
  ['brotli, gzip2', undefined],
  ['br;q=2, gzip', 'gzip'],
  ['br;q=high', undefined],
  ['br;q=.1, gzip;q=0.10001', 'gzip'],
  ['br;q=1e0, gzip;q=., identity;q', undefined],
  ['br;Q=0, gzip', 'gzip'],
  [',,;q=1, ;, gzip', 'gzip'],
])('an Accept-Encoding of %j is answered with %s', (header, coding) => {
  expect(chooseEncoding(header, ['br', 'gzip'])).toBe(coding);
});

it('reads a long header in one pass', () => {
  const began = performance.now();
  chooseEncoding(`${'gzip;q=0,'.repeat(1800)}br`, ['br', 'gzip']);
  expect(performance.now() - began).toBeLessThan(50);
});
