import type { MediaVariant } from '../generated/resolvers.ts';
import type { VisibleMedia } from '../store/media.ts';

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
};

export type StoredVariant = Exclude<MediaVariant, 'POSTER'>;

/** Where a variant is published. `folder` is that of the attempt in which it was made, so that no two workers share a file. */
export function variantKey(
  mediaId: string,
  folder: string,
  variant: StoredVariant,
  mimeType: string,
): string {
  return `media/${mediaId}/${folder}/${variant.toLowerCase()}.${extensions[mimeType]}`;
}

/** The published file behind a variant of READY media; null when there is none (an image has no poster). */
export function publishedVariant(
  media: VisibleMedia,
  variant: MediaVariant,
): { key: string; mimeType: string } | null {
  if (media.status !== 'READY' || !media.publishedAs || variant === 'POSTER') return null;
  const mimeType = variant === 'ORIGINAL' ? media.mimeType : 'image/webp';
  return { key: variantKey(media.id, media.publishedAs, variant, mimeType), mimeType };
}
