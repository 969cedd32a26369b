import { encode as encodeBlurhash } from 'blurhash';
import sharp, { type Sharp } from 'sharp';
import { type ImageType, limits } from './limits.ts';

// One image takes one thread (slots bound how many at once) and leaves nothing behind in memory.
sharp.concurrency(1);
sharp.cache(false);

const maxSeconds = 35;
// Of WebP's efforts: below it large noisy pictures can't be encoded at all, above it they take ten times as long.
const effort = 2;
const largeEdge = 2_048;
const thumbnailEdge = 400;

export interface RenderedImage {
  original: Buffer;
  /** Of one frame, as it is to be looked at: after orientation. */
  width: number;
  height: number;
  large: Buffer;
  thumbnail: Buffer;
}

/** Makes the variants from the pixels. Throws what sharp throws for a file that it can't read to the end. */
export async function renderImage(bytes: Buffer, type: ImageType): Promise<RenderedImage> {
  const original = await encoders[type](open(bytes, true)).toBuffer({ resolveWithObject: true });
  const large = await fit(open(bytes, true), largeEdge).webp({ quality: 82, effort }).toBuffer();
  const thumbnail = await fit(open(bytes, false), thumbnailEdge).webp({ quality: 75, effort }).toBuffer();
  return {
    original: original.data,
    width: original.info.width,
    height: original.info.pageHeight ?? original.info.height,
    large,
    thumbnail,
  };
}

/** The BlurHash of a (small) image. */
export async function blurhashOf(image: Buffer): Promise<string> {
  const { data, info } = await sharp(image)
    .resize(32, 32, { fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [across, down] = info.width >= info.height ? [4, 3] : [3, 4];
  return encodeBlurhash(new Uint8ClampedArray(data), info.width, info.height, across, down);
}

// autoOrient turns the pixels as EXIF says; the output has no metadata since none is asked for.
const open = (bytes: Buffer, animated: boolean): Sharp =>
  sharp(bytes, {
    animated,
    failOn: 'error',
    limitInputPixels: animated ? limits.maxAnimationPixels : limits.maxPixels,
  })
    .timeout({ seconds: maxSeconds })
    .autoOrient();

const fit = (image: Sharp, edge: number): Sharp =>
  image.resize(edge, edge, { fit: 'inside', withoutEnlargement: true });

const encoders: Record<ImageType, (image: Sharp) => Sharp> = {
  'image/jpeg': (image) => image.jpeg({ quality: 90 }),
  'image/png': (image) => image.png({ compressionLevel: 6 }),
  'image/webp': (image) => image.webp({ quality: 90, effort }),
  'image/gif': (image) => image.gif({ effort: 1 }),
};
