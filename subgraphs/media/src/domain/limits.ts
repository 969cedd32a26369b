/** What a file may be. Video types are not offered yet. */
export const limits = {
  mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const,
  maxImageBytes: 16 * 1024 * 1024,
  maxVideoBytes: 0,
  /** Of one frame. */
  maxPixels: 33_000_000,
  /** Of all frames of an animation together. */
  maxAnimationPixels: 50_000_000,
  maxFrames: 300,
  maxPerPost: 4,
  maxAltText: 1_500,
};

export type ImageType = (typeof limits.mimeTypes)[number];

export const isImageType = (type: string): type is ImageType =>
  (limits.mimeTypes as readonly string[]).includes(type);
