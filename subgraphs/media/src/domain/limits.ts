/** What a file may be. Video types are not offered yet. */
export const limits = {
  mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const,
  maxImageBytes: 16 * 1024 * 1024,
  maxVideoBytes: 0,
  /** Of one frame: 8192 x 6144, the largest that telephones take. */
  maxPixels: 50_331_648,
  /** Of all frames of an animation together: to encode as many of a GIF takes some 16 s. */
  maxAnimationPixels: 25_000_000,
  maxFrames: 300,
  maxAnimationSeconds: 60,
  maxPerPost: 4,
  maxAltText: 1_500,
};

export type ImageType = (typeof limits.mimeTypes)[number];

export const isImageType = (type: string): type is ImageType =>
  (limits.mimeTypes as readonly string[]).includes(type);

/** Other names under which browsers and tools know the same types. */
const aliases: Readonly<Record<string, ImageType>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/apng': 'image/png',
};

/** The type that a media type names, however it is written: in capitals, with parameters, by an older name. */
export function imageTypeOf(mimeType: string): ImageType | null {
  const name = mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const type = aliases[name] ?? name;
  return isImageType(type) ? type : null;
}

/** How much of the storage, and of what examines files, one person may take. */
export interface UploadBounds {
  /** 0: without a bound. */
  quotaBytes: number;
  underWay: number;
}
