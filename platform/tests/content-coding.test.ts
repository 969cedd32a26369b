import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { acceptedCodings, compressed, inflaterFor, isTooLong, stored } from '../src/http/content-coding.ts';

describe('what a client takes', () => {
  it.each<[string | undefined, string | null, boolean]>([
    [undefined, null, true],
    ['', null, true],
    ['gzip', 'gzip', true],
    ['x-gzip', 'gzip', true],
    ['GZip', 'gzip', true],
    ['gzip, deflate, br', 'br', true],
    ['gzip, deflate, br, zstd', 'br', true],
    ['gzip;q=1.0, br;q=0.9', 'gzip', true],
    ['br;q=0, gzip', 'gzip', true],
    ['gzip;q=0', null, true],
    ['deflate', null, true],
    ['identity', null, true],
    ['identity, gzip;q=0.5', null, true],
    ['identity;q=0.5, gzip', 'gzip', true],
    ['*', 'br', true],
    ['*;q=0.1, gzip;q=0', 'br', true],
    ['gzip, *;q=0', 'gzip', false],
    ['gzip, identity;q=0', 'gzip', false],
    ['br, gzip, identity;q=0', 'gzip', false],
    ['br, identity;q=0', null, false],
    ['*;q=0', null, false],
    ['identity;q=0', null, false],
    ['identity;q=0, *', 'gzip', false],
    ['*;q=0, identity', null, true],
    ['gzip; q=0.3 , br ; q=0.2', 'gzip', true],
    ['gzip;q=2', null, true],
    ['gzip;q=', null, true],
    [',,;;q=1,=', null, true],
  ])('%j', (header, coding, plain) => {
    expect(acceptedCodings(header)).toEqual({ coding, plain });
  });
});

test('what is compressed comes out as it went in, and two at once are enough', async () => {
  const bytes = Buffer.from('a text that repeats itself '.repeat(1000));
  const asGzip = compressed(bytes, 'gzip');
  const asBrotli = compressed(bytes, 'br');
  expect(compressed(bytes, 'br')).toBeNull();
  expect(gunzipSync((await asGzip) as Buffer)).toEqual(bytes);
  expect(brotliDecompressSync((await asBrotli) as Buffer)).toEqual(bytes);
  expect((await asBrotli)?.length).toBeLessThan(500);
  const again = compressed(bytes, 'br');
  expect(again).not.toBeNull();
  await again;
  expect(compressed(Buffer.alloc(8_000_001), 'br')).toBeNull();
});

test('what is stored is gzip of a length that tells nothing of what is in it', async () => {
  const [one, other] = [
    await stored(Buffer.from('a'.repeat(1000))),
    await stored(Buffer.alloc(1000, 'abcdef')),
  ];
  expect(gunzipSync(one).toString()).toBe('a'.repeat(1000));
  expect(one.length).toBe(other.length);
});

test.each(['gzip', 'x-gzip', 'br', 'deflate'])(
  'a bomb of %s ends at what may come out of it',
  async (coding) => {
    const zlib = await import('node:zlib');
    const make = {
      gzip: zlib.gzipSync,
      'x-gzip': zlib.gzipSync,
      br: zlib.brotliCompressSync,
      deflate: zlib.deflateSync,
    };
    const bomb = make[coding as keyof typeof make](Buffer.alloc(50_000_000));
    const inflate = inflaterFor(coding);
    const failed = await inflate?.(bomb, { maxOutputLength: 1000 }).catch((error: unknown) => error);
    expect(isTooLong(failed)).toBe(true);
  },
);

test('codings are known by their names, whatever the case, and nothing else is', () => {
  expect(inflaterFor('GZIP')).toBeTypeOf('function');
  expect([inflaterFor(undefined), inflaterFor(''), inflaterFor('identity')]).toEqual([null, null, null]);
  for (const name of ['zstd', 'gzip, br', 'constructor', '__proto__'])
    expect(inflaterFor(name)).toBeUndefined();
});
