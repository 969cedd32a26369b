import sharp, { type Sharp } from 'sharp';
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

  const jpeg = () => picture('jpeg', 300, 200);
  const png = () => picture('png', 300, 200);
  const made = async (make: (image: Sharp) => Sharp) => make(sharp(await png())).toBuffer();

  test.each<[string, string, () => Promise<Buffer>]>([
    ['a JPEG without its end marker', 'image/jpeg', async () => (await jpeg()).subarray(0, -2)],
    [
      'a JPEG with zeros behind its end',
      'image/jpeg',
      async () => Buffer.concat([await jpeg(), Buffer.alloc(512)]),
    ],
    ['a progressive JPEG', 'image/jpeg', () => made((image) => image.jpeg({ progressive: true }))],
    ['a JPEG in CMYK', 'image/jpeg', () => made((image) => image.toColourspace('cmyk').jpeg())],
    ['a grey JPEG', 'image/jpeg', () => made((image) => image.greyscale().jpeg())],
    ['a JPEG with a colour profile', 'image/jpeg', () => made((image) => image.withIccProfile('p3').jpeg())],
    ['a PNG of 16 bits', 'image/png', () => made((image) => image.toColourspace('rgb16').png())],
    ['a PNG with a palette', 'image/png', () => made((image) => image.png({ palette: true }))],
    ['an interlaced PNG', 'image/png', () => made((image) => image.png({ progressive: true }))],
    [
      'a PNG with bytes behind its end',
      'image/png',
      async () => Buffer.concat([await png(), Buffer.from('more')]),
    ],
    ['a PNG without its last chunk', 'image/png', async () => (await png()).subarray(0, -12)],
    [
      'a GIF without its last byte',
      'image/gif',
      async () => (await picture('gif', 300, 200)).subarray(0, -1),
    ],
    ['a lossless WebP', 'image/webp', () => made((image) => image.webp({ lossless: true }))],
  ])('may be %s', async (_what, type, make) => {
    const verdict = good(await examineImage(await make(), type));
    expect(verdict.found).toMatchObject({ mimeType: type, width: 300, height: 200 });
    for (const { bytes } of verdict.renderings) {
      const { space, depth, icc } = await sharp(bytes).metadata();
      expect({ space, depth, icc }).toEqual({ space: expect.stringMatching(/srgb|b-w/), depth: 'uchar' });
    }
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('is turned by orientation %i, still or animated', async (orientation) => {
    const turned = orientation > 4;
    const still = await made((image) => image.withMetadata({ orientation }).jpeg());
    expect(good(await examineImage(still, 'image/jpeg')).found).toMatchObject(
      turned ? { width: 200, height: 300 } : { width: 300, height: 200 },
    );
    const moving = await sharp(await animation('webp', 4), { animated: true })
      .withMetadata({ orientation })
      .webp({ delay: [20, 40, 60, 80], loop: 3 })
      .toBuffer();
    const verdict = good(await examineImage(moving, 'image/webp'));
    const size = turned ? { width: 30, height: 40 } : { width: 40, height: 30 };
    expect(verdict.found).toMatchObject(size);
    for (const variant of ['ORIGINAL', 'LARGE']) {
      const { width, pageHeight, delay, loop } = await sharp(verdict.bytesOf(variant), {
        animated: true,
      }).metadata();
      expect({ width, height: pageHeight, delay, loop }).toEqual({
        ...size,
        delay: [20, 40, 60, 80],
        loop: 3,
      });
    }
  });

  test('may be an animation whose frames have no time', async () => {
    const file = await sharp(await animation('gif', 3), { animated: true })
      .gif({ delay: [0, 0, 0] })
      .toBuffer();
    const { pages, delay } = await sharp(good(await examineImage(file, 'image/gif')).bytesOf('ORIGINAL'), {
      animated: true,
    }).metadata();
    expect({ pages, delay }).toEqual({ pages: 3, delay: [0, 0, 0] });
  });

  test('may be as large as telephones take', async () => {
    const file = await sharp({ create: { width: 8_192, height: 6_144, channels: 3, background: '#345' } })
      .jpeg()
      .toBuffer();
    expect(good(await examineImage(file, 'image/jpeg')).found).toMatchObject({ width: 8_192, height: 6_144 });
  });

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
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['PDF', '%PDF-1.7\n%\xe2\xe3'],
    ['text', 'just words'],
    ['nothing', ''],
  ])('that is %s is an UNSUPPORTED_TYPE', async (_what, text) => {
    expect(await failure(Buffer.from(text, 'latin1'), 'image/png')).toBe('UNSUPPORTED_TYPE');
  });

  test.each([3, 100, 5_000])('that is a JPEG without its last %i bytes is CORRUPT', async (missing) => {
    expect(await failure((await picture('jpeg', 200, 200)).subarray(0, -missing), 'image/jpeg')).toBe(
      'CORRUPT',
    );
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

  test.each([
    [300, 20, 'none'],
    [300, 21, 'TOO_LARGE'],
    [300, 0, 'none'],
    [2, 3_001, 'TOO_LARGE'],
  ])('that shows %i frames for %i hundredths of a second each: %s', async (frames, delay, expected) => {
    expect(await failure(hugeGif(1, 1, frames, delay), 'image/gif')).toBe(expected);
  });

  test('with too many frames, or too many pixels in all of them, is TOO_LARGE', async () => {
    expect(await failure(hugeGif(1, 1, 300), 'image/gif')).toBe('none');
    expect(await failure(hugeGif(1, 1, 301), 'image/gif')).toBe('TOO_LARGE');
    expect(await failure(hugeGif(2_500, 2_000, 6), 'image/gif')).toBe('TOO_LARGE');
  });
});
