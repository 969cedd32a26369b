import { encode as encodeBlurhash } from 'blurhash';
import sharp, { type Sharp } from 'sharp';
import { type ImageType, limits } from './limits.ts';

// One image takes one thread and leaves nothing behind in memory.
sharp.concurrency(1);
sharp.cache(false);

// Of WebP's efforts: below it large noisy pictures can't be encoded at all, above it they take ten times as long.
const effort = 2;
const largeEdge = 2_048;
const thumbnailEdge = 400;

/** What of a file's faults is one: those of its pixels, or every warning. */
export type Strictness = 'error' | 'warning';

export interface RenderedImage {
  original: Buffer;
  /** Of one frame, as it is to be looked at: after orientation. */
  width: number;
  height: number;
  large: Buffer;
  thumbnail: Buffer;
}

/** Makes the variants from the pixels. Throws what sharp throws for a file that it can't read to the end. */
export async function renderImage(
  bytes: Buffer,
  type: ImageType,
  failOn: Strictness,
): Promise<RenderedImage> {
  const upright = (await turnedAnimation(bytes, failOn)) ?? bytes;
  const open = (animated: boolean) => openImage(upright, failOn, animated).autoOrient();
  const original = await encoders[type](open(true)).toBuffer({ resolveWithObject: true });
  const large = await fit(open(true), largeEdge).webp({ quality: 82, effort }).toBuffer();
  const thumbnail = await fit(open(false), thumbnailEdge).webp({ quality: 75, effort }).toBuffer();
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
const openImage = (bytes: Buffer, failOn: Strictness, animated: boolean): Sharp =>
  sharp(bytes, {
    animated,
    failOn,
    limitInputPixels: animated ? Math.max(limits.maxAnimationPixels, limits.maxPixels) : limits.maxPixels,
  });

/**
 * An animation that EXIF says is to be turned, its frames turned one by one: as a whole they are one tall image, which
 * libvips refuses to turn. Null when there is nothing to turn, or one frame.
 */
async function turnedAnimation(bytes: Buffer, failOn: Strictness): Promise<Buffer | null> {
  const { pages = 1, orientation = 1, delay, loop } = await openImage(bytes, failOn, true).metadata();
  if (pages < 2 || orientation < 2) return null;
  const frames: Buffer[] = [];
  let size = { width: 0, height: 0 };
  for (let page = 0; page < pages; page += 1) {
    const frame = sharp(bytes, { page, pages: 1, failOn, limitInputPixels: limits.maxPixels });
    const { data, info } = await frame.autoOrient().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    size = { width: info.width, height: info.height };
    frames.push(data);
  }
  const { width, height } = size;
  const raw = { width, height: height * pages, channels: 4, pageHeight: height } as const;
  return sharp(Buffer.concat(frames), { raw })
    .webp({ lossless: true, effort: 0, ...(delay && { delay }), ...(loop !== undefined && { loop }) })
    .toBuffer();
}

const fit = (image: Sharp, edge: number): Sharp =>
  image.resize(edge, edge, { fit: 'inside', withoutEnlargement: true });

const encoders: Record<ImageType, (image: Sharp) => Sharp> = {
  'image/jpeg': (image) => image.jpeg({ quality: 90 }),
  'image/png': (image) => image.png({ compressionLevel: 6 }),
  'image/webp': (image) => image.webp({ quality: 90, effort }),
  'image/gif': (image) => image.gif({ effort: 1 }),
};
