import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { picture } from '../../tests/files.ts';
import { createRenderers, type Renderers, renderBounds } from './renderers.ts';

const going: Renderers[] = [];
const renderers = (bounds = renderBounds): Renderers => {
  const made = createRenderers(bounds);
  going.push(made);
  return made;
};
afterAll(() => {
  for (const one of going) one.close();
});

const never = new AbortController().signal;

/** An animation that takes some seconds to encode. */
async function costly(): Promise<Buffer> {
  const [width, pageHeight, frames] = [500, 400, 40];
  const height = pageHeight * frames;
  const pixels = Buffer.from(Uint8Array.from({ length: width * height * 3 }, (_, n) => (n * n) % 251));
  return sharp(pixels, { raw: { width, height, channels: 3, pageHeight } })
    .gif({ effort: 1 })
    .toBuffer();
}

describe('a file that is examined in a process of its own', () => {
  test('has the outcome that it has here', async () => {
    const verdict = await renderers().examine(await picture('png', 60, 40), 'image/png', never);
    expect(verdict).toMatchObject({
      found: { mimeType: 'image/png', width: 60, height: 40 },
      renderings: [
        { variant: 'ORIGINAL', bytes: expect.any(Buffer) },
        { variant: 'LARGE' },
        { variant: 'THUMBNAIL' },
      ],
    });
  });

  test('is TIMED_OUT when it needs more computing than a file may', async () => {
    const verdict = await renderers({ ...renderBounds, cpuMs: 1_000 }).examine(
      await costly(),
      'image/gif',
      never,
    );
    expect(verdict).toEqual({ failure: 'TIMED_OUT' });
  });

  test('is TOO_LARGE when it needs more memory than a file may', async () => {
    const large = await sharp({ create: { width: 8_000, height: 6_000, channels: 3, background: '#123' } })
      .webp()
      .toBuffer();
    const bounds = { ...renderBounds, memoryBytes: 150_000_000 };
    expect(await renderers(bounds).examine(large, 'image/webp', never)).toEqual({ failure: 'TOO_LARGE' });
  });

  test('is let go of at once when it is told to, and does not spoil the next', async () => {
    const some = renderers();
    const aborted = new AbortController();
    const work = some.examine(await costly(), 'image/gif', aborted.signal);
    const began = performance.now();
    aborted.abort(new Error('told to end'));
    await expect(work).rejects.toThrow('told to end');
    expect(performance.now() - began).toBeLessThan(500);
    expect(await some.examine(await picture('jpeg', 30, 20), 'image/jpeg', never)).toHaveProperty('found');
  });
});
