import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import type { Failure, Findings } from '../store/media.ts';
import { type ImageType, imageTypeOf, limits } from './limits.ts';
import { blurhashOf, type RenderedImage, renderImage } from './render-image.ts';
import type { StoredVariant } from './variants.ts';

/** What is to be published of a good file. */
export interface Rendering {
  variant: StoredVariant;
  mimeType: string;
  bytes: Buffer;
}

export type Verdict = { failure: Failure } | { found: Findings; renderings: Rendering[] };

/**
 * Decides about a file by its own bytes, whatever it was said to be, and makes everything that is published of it
 * anew from its pixels: nothing of the upload itself (metadata, appended data) survives.
 */
export async function examineImage(bytes: Buffer, declaredType: string): Promise<Verdict> {
  // An animated PNG is a PNG to browsers that send it; its first frame is what stays.
  const type = imageTypeOf((await fileTypeFromBuffer(bytes))?.mime ?? '');
  if (!type) return { failure: 'UNSUPPORTED_TYPE' };
  if (type !== declaredType) return { failure: 'TYPE_MISMATCH' };
  try {
    if (await isTooLarge(bytes)) return { failure: 'TOO_LARGE' };
    const { original, width, height, large, thumbnail } = await renderWhole(bytes, type);
    return {
      found: {
        mimeType: type,
        byteSize: original.length,
        width,
        height,
        blurhash: await blurhashOf(thumbnail),
      },
      renderings: [
        { variant: 'ORIGINAL', mimeType: type, bytes: original },
        { variant: 'LARGE', mimeType: 'image/webp', bytes: large },
        { variant: 'THUMBNAIL', mimeType: 'image/webp', bytes: thumbnail },
      ],
    };
  } catch (error) {
    // sharp throws plain errors with libvips' text: of a file that says it is an image each means that it is a bad one.
    const text = error instanceof Error ? error.message : '';
    return { failure: /pixel limit/i.test(text) ? 'TOO_LARGE' : 'CORRUPT' };
  }
}

const endOfJpeg = Buffer.from([0xff, 0xd9]);

/**
 * Renders a file that has all of its pixels. A JPEG may lack the marker after them, which some cameras and downloads
 * leave out: with the marker put there it must decode without so much as a warning.
 */
async function renderWhole(bytes: Buffer, type: ImageType): Promise<RenderedImage> {
  try {
    return await renderImage(bytes, type, 'error');
  } catch (error) {
    if (type !== 'image/jpeg' || bytes.subarray(-2).equals(endOfJpeg)) throw error;
    return renderImage(Buffer.concat([bytes, endOfJpeg]), type, 'warning');
  }
}

/** Browsers show a frame that has no time, or next to none, for a tenth of a second. */
const secondsOf = (delays: readonly number[]): number =>
  delays.reduce((sum, ms) => sum + (ms > 10 ? ms : 100), 0) / 1_000;

/** By the header alone, before a pixel is decoded. */
async function isTooLarge(bytes: Buffer): Promise<boolean> {
  const options = { animated: true, limitInputPixels: false } as const;
  const { width, height, pages = 1, pageHeight, delay = [] } = await sharp(bytes, options).metadata();
  const pixels = width * (pageHeight ?? height);
  return (
    pixels > limits.maxPixels ||
    pages > limits.maxFrames ||
    (pages > 1 &&
      (pixels * pages > limits.maxAnimationPixels || secondsOf(delay) > limits.maxAnimationSeconds))
  );
}
