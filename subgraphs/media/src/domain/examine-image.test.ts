import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { animation, hugeGif, hugePng, jpegWithGps, picture } from '../../tests/files.ts';
import { examineImage, type Verdict } from './examine-image.ts';

const good = (verdict: Verdict) => {
  if ('failure' in verdict) throw new Error(`refused: ${verdict.failure}`);
  const bytesOf = (variant: string) =>
    verdict.renderings.find((one) => one.variant === variant)?.bytes ?? Buffer.alloc(0);
  return { ...verdict, bytesOf };
};

describe('a good file', () => {
  test.each([
    ['jpeg', 3_000, 2_048],
    ['png', 2_400, 2_048],
    ['webp', 2_400, 2_048],
    ['gif', 800, 800],
  ] as const)('of type %s is made anew as original, large and thumbnail', async (format, width, large) => {
    const verdict = good(await examineImage(await picture(format, width, width / 2), `image/${format}`));
    expect(verdict.found).toMatchObject({ mimeType: `image/${format}`, width, height: width / 2 });
    expect(verdict.found.blurhash).toMatch(/^.{28}$/);
    const sizes = await Promise.all(
      ['ORIGINAL', 'LARGE', 'THUMBNAIL'].map(async (variant) => {
        const { format, width, height } = await sharp(verdict.bytesOf(variant)).metadata();
        return [format, width, height];
      }),
    );
    expect(sizes).toEqual([
      [format, width, width / 2],
      ['webp', large, large / 2],
      ['webp', 400, 200],
    ]);
    expect(verdict.found.byteSize).toBe(verdict.bytesOf('ORIGINAL').length);
  });

  test('is turned as its EXIF says and keeps none of it, nor where it was taken', async () => {
    const file = await jpegWithGps(60, 40);
    expect((await sharp(file).metadata()).exif).toBeDefined();
    const verdict = good(await examineImage(file, 'image/jpeg'));
    expect(verdict.found).toMatchObject({ width: 40, height: 60 });
    for (const { bytes } of verdict.renderings) {
      const { exif, icc, iptc, xmp, orientation } = await sharp(bytes).metadata();
      expect({ exif, icc, iptc, xmp, orientation }).toEqual({});
      expect(bytes.includes('Exif')).toBe(false);
    }
  });

  test.each(['gif', 'webp'] as const)(
    'that is an animated %s stays animated, its thumbnail does not',
    async (format) => {
      const verdict = good(await examineImage(await animation(format, 5), `image/${format}`));
      expect(verdict.found).toMatchObject({ width: 40, height: 30 });
      const pages = async (variant: string) => (await sharp(verdict.bytesOf(variant)).metadata()).pages ?? 1;
      expect([await pages('ORIGINAL'), await pages('LARGE'), await pages('THUMBNAIL')]).toEqual([5, 5, 1]);
    },
  );

  test('loses what was hidden behind its pixels', async () => {
    const polyglot = Buffer.concat([
      await picture('jpeg', 20, 20),
      Buffer.from('<script>alert(1)</script>PK\x03\x04'),
    ]);
    for (const { bytes } of good(await examineImage(polyglot, 'image/jpeg')).renderings) {
      expect(bytes.includes('script')).toBe(false);
    }
  });
});

describe('a bad file', () => {
  const failure = async (bytes: Buffer, type: string) => {
    const verdict = await examineImage(bytes, type);
    return 'failure' in verdict ? verdict.failure : 'none';
  };

  test('that is another image than was said is a TYPE_MISMATCH', async () => {
    expect(await failure(await picture('png', 20, 20), 'image/jpeg')).toBe('TYPE_MISMATCH');
  });

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['SVG with a prologue', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['PDF', '%PDF-1.7\n%\xe2\xe3'],
    ['text', 'just words'],
    ['nothing', ''],
  ])('that is %s is an UNSUPPORTED_TYPE', async (_what, text) => {
    expect(await failure(Buffer.from(text, 'latin1'), 'image/png')).toBe('UNSUPPORTED_TYPE');
  });

  test.each(['jpeg', 'png', 'webp', 'gif'] as const)(
    'of type %s that was cut short is CORRUPT',
    async (format) => {
      const whole = await picture(format, 200, 200);
      expect(await failure(whole.subarray(0, Math.floor(whole.length * 0.6)), `image/${format}`)).toBe(
        'CORRUPT',
      );
    },
  );

  test('that has only the first bytes of an image is CORRUPT', async () => {
    const script = Buffer.from('GIF89a/*\x01\x00*/=1;alert(1)//');
    expect(await failure(script, 'image/gif')).toBe('CORRUPT');
    expect(await failure(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'image/jpeg')).toBe('CORRUPT');
  });

  test('with more pixels than allowed is TOO_LARGE before any is decoded', async () => {
    const began = performance.now();
    expect(await failure(hugePng(60_000, 60_000), 'image/png')).toBe('TOO_LARGE');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('with too many frames, or too many pixels in all of them, is TOO_LARGE', async () => {
    expect(await failure(hugeGif(1, 1, 300), 'image/gif')).toBe('none');
    expect(await failure(hugeGif(1, 1, 301), 'image/gif')).toBe('TOO_LARGE');
    expect(await failure(hugeGif(3_000, 3_000, 6), 'image/gif')).toBe('TOO_LARGE');
  });
});
