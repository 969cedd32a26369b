import type { MediaLimitsQuery } from './generated/documents.ts';
import { mediaTypeOf } from './media-type.ts';
import { UploadFault } from './upload-fault.ts';

const megabyte = 1_000_000;

export type MediaLimits = NonNullable<MediaLimitsQuery['mediaLimits']>;

/** Takes a file, gives its type (RFC 6838). Throws UploadFault for one that the graph would not take. */
export async function checkFile(file: Blob, limits: MediaLimits): Promise<string> {
  if (file.size === 0) throw new UploadFault('This file is empty.');
  const type = await mediaTypeOf(file).catch(() => {
    throw new UploadFault('This file can’t be read any more. Please choose it again.');
  });
  if (type === null) throw new UploadFault(`This file is no picture. ${takenTypes(limits)}`);
  if (!limits.mimeTypes.includes(type)) {
    throw new UploadFault(`${nameOf(type)} files are not taken. ${takenTypes(limits)}`);
  }
  const isVideo = type.startsWith('video/');
  const most = isVideo ? limits.maxVideoBytes : limits.maxImageBytes;
  if (file.size > most) {
    throw new UploadFault(
      `This file has ${Math.ceil(file.size / megabyte)} MB, and at most ${Math.floor(most / megabyte)} MB are taken.`,
    );
  }
  if (!isVideo) await checkPixels(file, limits.maxPixels);
  return type;
}

/** A picture's size is known before it is decoded. */
async function checkPixels(file: Blob, most: number): Promise<void> {
  const url = URL.createObjectURL(file);
  const picture = new Image();
  try {
    await new Promise((resolve, reject) => {
      picture.onload = resolve;
      picture.onerror = reject;
      picture.src = url;
    });
  } catch {
    throw new UploadFault('This file can’t be read as a picture. It may be damaged.');
  } finally {
    URL.revokeObjectURL(url);
  }
  if (picture.naturalWidth * picture.naturalHeight > most) {
    const megapixels = Math.floor(most / 1_000_000);
    throw new UploadFault(`This picture is too large: at most ${megapixels} megapixels are taken.`);
  }
}

const nameOf = (type: string) => type.replace(/^.*\//, '').toUpperCase();

function takenTypes({ mimeTypes }: MediaLimits): string {
  const names = mimeTypes.map(nameOf);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are.` : '';
}
