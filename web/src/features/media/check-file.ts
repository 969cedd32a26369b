import { languageNow, textsNow } from '#texts';
import { FORMATS } from '../../i18n/languages.ts';
import type { MediaLimitsQuery } from './generated/documents.ts';
import { mediaTypeOf } from './media-type.ts';
import { UploadFault } from './upload-fault.ts';

const megabyte = 1_000_000;

export type MediaLimits = NonNullable<MediaLimitsQuery['mediaLimits']>;

/** Takes a file, gives its type (RFC 6838). Throws UploadFault for one that the graph would not take. */
export async function checkFile(file: Blob, limits: MediaLimits): Promise<string> {
  const t = await textsNow('uploads');
  if (file.size === 0) throw new UploadFault(t('fileEmpty'));
  const type = await mediaTypeOf(file).catch(() => {
    throw new UploadFault(t('fileCantBeRead'));
  });
  if (type === null) throw new UploadFault(t('noPicture', { limits: await takenTypes(limits) }));
  if (!limits.mimeTypes.includes(type)) {
    throw new UploadFault(t('typeNotTaken', { type: nameOf(type), limits: await takenTypes(limits) }));
  }
  const isVideo = type.startsWith('video/');
  const most = isVideo ? limits.maxVideoBytes : limits.maxImageBytes;
  if (file.size > most) {
    throw new UploadFault(
      t('tooManyBytes', { size: Math.ceil(file.size / megabyte), most: Math.floor(most / megabyte) }),
    );
  }
  if (!isVideo) await checkPixels(file, limits.maxPixels);
  return type;
}

/** A picture's size is known before it is decoded. */
async function checkPixels(file: Blob, most: number): Promise<void> {
  const t = await textsNow('uploads');
  const url = URL.createObjectURL(file);
  const picture = new Image();
  try {
    await new Promise((resolve, reject) => {
      picture.onload = resolve;
      picture.onerror = reject;
      picture.src = url;
    });
  } catch {
    throw new UploadFault(t('damaged'));
  } finally {
    URL.revokeObjectURL(url);
  }
  if (picture.naturalWidth * picture.naturalHeight > most) {
    throw new UploadFault(t('tooManyPixels', { most: Math.floor(most / 1_000_000) }));
  }
}

const nameOf = (type: string) => type.replace(/^.*\//, '').toUpperCase();

async function takenTypes({ mimeTypes }: MediaLimits): Promise<string> {
  const names = mimeTypes.map(nameOf);
  if (names.length < 2) return '';
  const types = new Intl.ListFormat(FORMATS[await languageNow()]).format(names);
  return (await textsNow('uploads'))('typesTaken', { types });
}
