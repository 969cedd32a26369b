import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import type { Failure, Findings } from '../store/media.ts';
import { type ImageType, isImageType, limits } from './limits.ts';
import { blurhashOf, renderImage } from './render-image.ts';
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
  const type = await imageTypeOf(bytes);
  if (!type) return { failure: 'UNSUPPORTED_TYPE' };
  if (type !== declaredType) return { failure: 'TYPE_MISMATCH' };
  try {
    if (await isTooLarge(bytes)) return { failure: 'TOO_LARGE' };
    const { original, width, height, large, thumbnail } = await renderImage(bytes, type);
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
    return { failure: /pixel limit|timeout/i.test(text) ? 'TOO_LARGE' : 'CORRUPT' };
  }
}

async function imageTypeOf(bytes: Buffer): Promise<ImageType | null> {
  const detected = await fileTypeFromBuffer(bytes);
  // An animated PNG is a PNG to browsers that send it; its first frame is what stays.
  const mime = detected?.mime === 'image/apng' ? 'image/png' : detected?.mime;
  return mime && isImageType(mime) ? mime : null;
}

/** By the header alone, before a pixel is decoded. */
async function isTooLarge(bytes: Buffer): Promise<boolean> {
  const {
    width,
    height,
    pages = 1,
    pageHeight,
  } = await sharp(bytes, {
    animated: true,
    limitInputPixels: false,
  }).metadata();
  const pixels = width * (pageHeight ?? height);
  return (
    pixels > limits.maxPixels ||
    pages > limits.maxFrames ||
    (pages > 1 && pixels * pages > limits.maxAnimationPixels)
  );
}
